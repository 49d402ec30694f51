package io.exai.provider.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.chat.FunctionSpec;
import io.exai.provider.chat.Image;
import io.exai.provider.chat.Role;
import io.exai.provider.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the body of a messages request. Thinking needs a budget of at least 1,024 tokens that is part of the answer's,
 * and leaves the temperature alone. In the middle of a turn the vendor takes no thinking without the thoughts before it.
 *
 * @see <a href="https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking">thinking</a>
 */
record MessagesBody(ChatRequest request, SignedThoughts thoughts) {
    private static final int LEAST_THINKING = 1_024;
    private static final int STANDARD_MAX_TOKENS = 8_192;

    byte[] bytes() {
        return Json.object(this::write);
    }

    private void write(JsonGenerator json) throws IOException {
        int thinking = thinking();
        json.writeStringField("model", request.model());
        Integer asked = request.maxTokens();
        json.writeNumberField("max_tokens", (asked == null ? STANDARD_MAX_TOKENS : asked) + thinking);
        String system = request.messages().stream()
                .filter(message -> message.role() == Role.SYSTEM)
                .map(ChatMessage::text)
                .collect(Collectors.joining("\n\n"));
        if (!system.isEmpty()) {
            json.writeStringField("system", system);
        }
        writeMessages(json);
        json.writeBooleanField("stream", request.stream());
        if (thinking > 0) {
            json.writeObjectFieldStart("thinking");
            json.writeStringField("type", "enabled");
            json.writeNumberField("budget_tokens", thinking);
            json.writeEndObject();
        }
        Double temperature = request.temperature();
        if (temperature != null && thinking == 0) {
            json.writeNumberField("temperature", temperature);
        }
        writeTools(json);
    }

    private int thinking() {
        int budget = request.abilities().thinkingBudget();
        return budget == 0 || inTheMiddleOfForgottenThoughts() ? 0 : Math.max(LEAST_THINKING, budget);
    }

    private boolean inTheMiddleOfForgottenThoughts() {
        List<ChatMessage> turns = request.messages();
        int last = turns.size() - 1;
        while (last >= 0 && turns.get(last).role() == Role.TOOL) {
            last--;
        }
        boolean middle =
                last >= 0 && last < turns.size() - 1 && !turns.get(last).calls().isEmpty();
        return middle && thoughts.before(turns.get(last)).isEmpty();
    }

    /** Results of calls that follow each other are one turn of the user. */
    private void writeMessages(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("messages");
        List<ChatMessage> turns = request.messages().stream()
                .filter(message -> message.role() != Role.SYSTEM)
                .toList();
        boolean inResults = false;
        for (ChatMessage turn : turns) {
            boolean result = turn.role() == Role.TOOL;
            if (inResults && !result) {
                end(json);
            }
            if (!result) {
                write(json, turn);
            } else {
                if (!inResults) {
                    begin(json, Role.USER);
                }
                writeResult(json, turn);
            }
            inResults = result;
        }
        if (inResults) {
            end(json);
        }
        json.writeEndArray();
    }

    private void write(JsonGenerator json, ChatMessage turn) throws IOException {
        if (turn.images().isEmpty() && turn.calls().isEmpty()) {
            json.writeStartObject();
            json.writeStringField("role", turn.role().label());
            json.writeStringField("content", turn.text());
            json.writeEndObject();
            return;
        }
        begin(json, turn.role());
        for (String thought : thoughts.before(turn).orElse(List.of())) {
            json.writeRawValue(thought);
        }
        for (Image image : turn.images()) {
            writeImage(json, image);
        }
        if (!turn.text().isBlank()) {
            json.writeStartObject();
            json.writeStringField("type", "text");
            json.writeStringField("text", turn.text());
            json.writeEndObject();
        }
        for (FunctionCall call : turn.calls()) {
            json.writeStartObject();
            json.writeStringField("type", "tool_use");
            json.writeStringField("id", call.id());
            json.writeStringField("name", call.name());
            Json.raw(json, "input", call.arguments());
            json.writeEndObject();
        }
        end(json);
    }

    private static void writeImage(JsonGenerator json, Image image) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "image");
        json.writeObjectFieldStart("source");
        if (image.isInline()) {
            json.writeStringField("type", "base64");
            json.writeStringField("media_type", image.mediaType());
            json.writeStringField("data", image.data());
        } else {
            json.writeStringField("type", "url");
            json.writeStringField("url", image.url());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeResult(JsonGenerator json, ChatMessage turn) throws IOException {
        FunctionCall answered = turn.answered();
        json.writeStartObject();
        json.writeStringField("type", "tool_result");
        json.writeStringField("tool_use_id", answered == null ? "" : answered.id());
        json.writeStringField("content", turn.text());
        json.writeEndObject();
    }

    private void writeTools(JsonGenerator json) throws IOException {
        if (request.abilities().functions().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("tools");
        for (FunctionSpec function : request.abilities().functions()) {
            json.writeStartObject();
            json.writeStringField("name", function.name());
            json.writeStringField("description", function.description());
            Json.raw(json, "input_schema", function.parameters());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void begin(JsonGenerator json, Role role) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role.label());
        json.writeArrayFieldStart("content");
    }

    private static void end(JsonGenerator json) throws IOException {
        json.writeEndArray();
        json.writeEndObject();
    }
}
