package io.exai.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.chat.Usage;
import io.exai.provider.http.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the parts that whole answers and chunks share. */
final class Fields {
    private Fields() {}

    /** What a thinking model said to itself, under either name in use. */
    static @Nullable String reasoning(JsonNode message) {
        String named = Json.text(message, "reasoning_content");
        return named == null ? Json.text(message, "reasoning") : named;
    }

    /** Cached tokens stand where OpenAI puts them, or beside the others as with Moonshot. */
    static Usage usage(JsonNode node) {
        JsonNode detailed = node.path("prompt_tokens_details").path("cached_tokens");
        return new Usage(
                Json.count(node.path("prompt_tokens")),
                Json.count(node.path("completion_tokens")),
                Json.count(detailed.isMissingNode() ? node.path("cached_tokens") : detailed));
    }

    /** The calls of a whole answer. */
    static List<FunctionCall> calls(JsonNode message) {
        var calls = new ArrayList<FunctionCall>();
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            calls.add(new FunctionCall(
                    call.path("id").asText(),
                    function.path("name").asText(),
                    function.path("arguments").asText()));
        }
        return calls;
    }
}
