package io.exai.provider.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.http.BadAnswer;
import io.exai.provider.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;

/**
 * Asks Z.ai's own search, without a model.
 *
 * @see <a href="https://docs.z.ai/api-reference/tools/web-search">reference</a>
 */
public record GlmSearch(DirectCalls calls) {
    private static final int LONGEST_QUERY = 70;
    private static final int MOST_RESULTS = 50;

    /** One page that was found; what the vendor does not say is empty. */
    public record Page(String title, String link, String media, String publishedOn, String content) {}

    /**
     * Refused before anything is sent when the query is blank or longer than 70 characters.
     *
     * @param count pages wanted, 1 to 50
     */
    public CompletionStage<Reply<List<Page>>> find(String query, int count) {
        int length = query.codePointCount(0, query.length());
        if (query.isBlank() || length > LONGEST_QUERY) {
            return calls.refuse("takes no query of " + length + " characters (expected: 1 to " + LONGEST_QUERY + ")");
        }
        if (count < 1 || count > MOST_RESULTS) {
            return calls.refuse("finds no " + count + " pages (expected: 1 to " + MOST_RESULTS + ")");
        }
        byte[] body = Json.object(json -> {
            json.writeStringField("search_engine", "search_pro_jina");
            json.writeStringField("search_query", query);
            json.writeNumberField("count", count);
            json.writeStringField("search_recency_filter", "oneWeek");
            json.writeStringField("content_size", "medium");
        });
        HttpRequest request = HttpRequest.POST(calls.path("/web_search"))
                .addHeader(RawHeader.create("Accept-Language", "en-US,en"))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, body));
        return calls.send(request, "this search", GlmSearch::pages);
    }

    private static List<Page> pages(ByteString body) {
        try {
            JsonNode found = Json.parse(body.toArray()).path("search_result");
            if (!found.isArray()) {
                throw new BadAnswer("sent an answer without search_result");
            }
            List<Page> pages = new ArrayList<>();
            found.forEach(page -> pages.add(page(page)));
            return List.copyOf(pages);
        } catch (JsonProcessingException malformed) {
            throw new BadAnswer("sent no JSON: " + malformed.getOriginalMessage());
        }
    }

    private static Page page(JsonNode page) {
        return new Page(
                page.path("title").asText(),
                page.path("link").asText(),
                page.path("media").asText(),
                page.path("publish_date").asText(),
                page.path("content").asText());
    }
}
