package io.exai.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.provider.chat.FunctionCall;
import io.exai.provider.json.Json;

/** The block of a streamed message that is being written. */
final class OpenBlock {
    private final JsonNode start;
    private final StringBuilder thinking = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();

    OpenBlock(JsonNode start) {
        this.start = start;
        add(start);
    }

    /** Takes what one delta adds, whatever its kind. */
    void add(JsonNode delta) {
        append(thinking, delta, "thinking");
        append(signature, delta, "signature");
        append(arguments, delta, "partial_json");
    }

    /** Text is not among it: that was passed on as it came. */
    void closeInto(Blocks blocks) {
        switch (start.path("type").asText()) {
            case "tool_use" -> blocks.call(call());
            case "thinking" -> blocks.signed(thought());
            case "redacted_thinking" -> blocks.signed(start);
            default -> {} // text, and kinds to come
        }
    }

    private FunctionCall call() {
        String whole = arguments.isEmpty() ? start.path("input").toString() : arguments.toString();
        return new FunctionCall(start.path("id").asText(), start.path("name").asText(), whole);
    }

    private JsonNode thought() {
        ObjectNode thought = start.deepCopy();
        return thought.put("thinking", thinking.toString()).put("signature", signature.toString());
    }

    private static void append(StringBuilder text, JsonNode delta, String field) {
        String more = Json.text(delta, field);
        if (more != null) {
            text.append(more);
        }
    }
}
