package io.exai.provider.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.sandbox.question.Offer;
import io.exai.provider.sandbox.wire.Dialect;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a chat-completions body allows its answer to be. */
final class ChatOffers {
    private ChatOffers() {}

    static Offer of(Dialect dialect, JsonNode body) {
        boolean thinking = thinking(dialect, body);
        JsonNode tools = body.path("tools");
        if (tools.isEmpty()) {
            return thinking ? new Offer(Set.of(), false, null, true) : Offer.NOTHING;
        }
        Set<String> functions = new HashSet<>();
        boolean builtIn = false;
        String search = null;
        for (JsonNode tool : tools) {
            switch (tool.path("type").asText()) {
                case "function" ->
                    functions.add(tool.path("function").path("name").asText());
                case "builtin_function" -> builtIn = true;
                case "web_search" -> search = search(tool.path("web_search"));
                default -> {}
            }
        }
        boolean none = body.path("tool_choice").asText().equals("none");
        return new Offer(none ? Set.of() : functions, builtIn && !none, search, thinking);
    }

    /** Only reasoning that the vendor shows. */
    private static boolean thinking(Dialect dialect, JsonNode body) {
        String wish = body.path("thinking").path("type").asText("");
        return switch (dialect) {
            case GLM -> wish.equals("enabled");
            case KIMI -> wish.isEmpty() ? thinks(body.path("model").asText()) : wish.equals("enabled");
            default -> false;
        };
    }

    private static boolean thinks(String model) {
        return model.toLowerCase(Locale.ROOT).contains("thinking");
    }

    /** The query; the prompt when it is empty. Null when no results are wanted. */
    private static @Nullable String search(JsonNode tool) {
        boolean on = tool.path("enable").asBoolean(true)
                && tool.path("search_result").asBoolean(true);
        return on ? tool.path("search_query").asText("") : null;
    }
}
