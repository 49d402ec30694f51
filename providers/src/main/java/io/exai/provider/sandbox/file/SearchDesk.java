package io.exai.provider.sandbox.file;

import static io.exai.provider.sandbox.shape.Shapes.FLAG;
import static io.exai.provider.sandbox.shape.Shapes.TEXT;
import static io.exai.provider.sandbox.shape.Shapes.oneOf;
import static io.exai.provider.sandbox.shape.Shapes.pattern;
import static io.exai.provider.sandbox.shape.Shapes.rule;
import static io.exai.provider.sandbox.shape.Shapes.whole;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.json.Json;
import io.exai.provider.sandbox.question.WebSearch;
import io.exai.provider.sandbox.shape.Fields;
import io.exai.provider.sandbox.shape.Shape;
import io.exai.provider.sandbox.wire.Body;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import io.exai.provider.sandbox.wire.Pages;
import java.time.Instant;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/** Z.ai's search beside the chat, as in https://docs.z.ai/api-reference/tools/web-search. */
final class SearchDesk {
    private static final Shape QUERY =
            rule(value -> !value.asText("").isBlank() && value.asText().length() <= 70, "a text of 1 to 70 characters");
    private static final Shape REQUEST = Fields.none()
            .must("search_engine", pattern("search[_-][a-z_]+", "a search engine such as search_pro_jina"))
            .must("search_query", QUERY)
            .may("search_intent", FLAG)
            .may("count", whole(1, 50))
            .may("search_domain_filter", TEXT)
            .may("search_recency_filter", oneOf("oneDay", "oneWeek", "oneMonth", "oneYear", "noLimit"))
            .may("content_size", oneOf("low", "medium", "high"))
            .may("request_id", pattern("(?s).{6,64}", "a text of 6 to 64 characters"))
            .may("user_id", pattern("(?s).{6,128}", "a text of 6 to 128 characters"));

    private SearchDesk() {}

    static HttpResponse receive(ByteString body, Instant now) throws InvalidQuestion {
        JsonNode request = Body.tree(body.toArrayUnsafe());
        REQUEST.check(request, "");
        return Pages.json(200, Json.object(json -> {
            json.writeStringField("id", request.path("request_id").asText("search-sandbox"));
            json.writeNumberField("created", now.getEpochSecond());
            WebSearch.results(
                    json, "search_result", request.path("search_query").asText());
        }));
    }
}
