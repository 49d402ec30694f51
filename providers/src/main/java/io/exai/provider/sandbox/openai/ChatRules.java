package io.exai.provider.sandbox.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.InvalidQuestion;

/** What no single field of a chat-completions body can violate. */
final class ChatRules {
    private ChatRules() {}

    static void check(Dialect dialect, JsonNode body) throws InvalidQuestion {
        if (body.hasNonNull("stream_options") && !body.path("stream").booleanValue()) {
            throw InvalidQuestion.wrong("stream_options", "stream to be true beside it");
        }
        switch (dialect) {
            case KIMI -> kimi(body);
            case GLM -> glm(body);
            default -> openAi(body);
        }
    }

    private static void openAi(JsonNode body) throws InvalidQuestion {
        if (body.hasNonNull("max_tokens") && body.hasNonNull("max_completion_tokens")) {
            throw InvalidQuestion.wrong("max_tokens", "no max_completion_tokens beside it");
        }
        if (body.hasNonNull("tool_choice") && !body.hasNonNull("tools")) {
            throw InvalidQuestion.wrong("tool_choice", "tools beside it");
        }
    }

    private static void kimi(JsonNode body) throws InvalidQuestion {
        JsonNode messages = body.path("messages");
        for (int i = 0; i < messages.size(); i++) {
            JsonNode content = messages.get(i).path("content");
            boolean empty = content.isTextual() && content.textValue().isEmpty();
            if (empty && !messages.get(i).has("tool_calls")) {
                throw InvalidQuestion.wrong("messages[" + i + "].content", "a text that is not empty");
            }
            if (messages.get(i).path("partial").booleanValue() && i < messages.size() - 1) {
                throw InvalidQuestion.wrong("messages[" + i + "].partial", "the last message");
            }
        }
    }

    private static void glm(JsonNode body) throws InvalidQuestion {
        for (JsonNode message : body.path("messages")) {
            String role = message.path("role").asText();
            if (role.equals("user") || role.equals("tool")) {
                return;
            }
        }
        throw InvalidQuestion.wrong("messages", "a message of the user among them");
    }
}
