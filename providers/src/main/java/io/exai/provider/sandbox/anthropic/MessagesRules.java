package io.exai.provider.sandbox.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.InvalidQuestion;
import java.util.List;

/** What no single field of a messages body can violate. */
final class MessagesRules {
    private static final List<String> FORCING = List.of("any", "tool");

    private MessagesRules() {}

    static void check(Dialect dialect, JsonNode body) throws InvalidQuestion {
        require(body.path("messages").path(0).path("role").asText().equals("user"), "messages[0].role", "user");
        if (dialect == Dialect.MINIMAX) {
            JsonNode heat = body.path("temperature");
            require(!heat.isNumber() || heat.doubleValue() > 0, "temperature", "a number above 0, at most 1");
        }
        if (body.path("thinking").path("type").asText().equals("enabled")) {
            thinking(dialect, body);
        }
        boolean chosen = body.hasNonNull("tool_choice");
        require(!chosen || !body.path("tools").isEmpty(), "tool_choice", "tools beside it");
    }

    /** MiniMax thinks at any temperature. */
    private static void thinking(Dialect dialect, JsonNode body) throws InvalidQuestion {
        long budget = body.path("thinking").path("budget_tokens").longValue();
        require(budget < body.path("max_tokens").longValue(), "thinking.budget_tokens", "less than max_tokens");
        if (dialect == Dialect.ANTHROPIC) {
            boolean plain = body.path("temperature").asDouble(1) == 1;
            require(plain, "temperature", "1, as thinking is enabled");
            require(!body.hasNonNull("top_k"), "top_k", "nothing, as thinking is enabled");
            boolean forced =
                    FORCING.contains(body.path("tool_choice").path("type").asText());
            require(!forced, "tool_choice.type", "auto or none, as thinking is enabled");
        }
    }

    private static void require(boolean good, String field, String expected) throws InvalidQuestion {
        if (!good) {
            throw InvalidQuestion.wrong(field, expected);
        }
    }
}
