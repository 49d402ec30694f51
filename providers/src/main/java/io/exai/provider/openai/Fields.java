package io.exai.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.chat.Usage;
import io.exai.provider.json.Json;
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

    /** What a model says; a refusal stands in a field of its own. */
    static @Nullable String said(JsonNode message) {
        String content = Json.text(message, "content");
        return content == null || content.isEmpty() ? Json.text(message, "refusal") : content;
    }

    /** Why an answer ended, in the words of OpenAI; null when it has not. */
    static @Nullable String finishReason(JsonNode choice) {
        String reason = Json.text(choice, "finish_reason");
        if (reason == null || reason.isBlank()) {
            return null;
        }
        return switch (reason) {
            case "sensitive" -> "content_filter";
            case "model_context_window_exceeded" -> "length";
            case "function_call" -> "tool_calls";
            default -> reason;
        };
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
