package io.exai.protocol.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Meta;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a tool answered, out of the body that all dialects share.
 *
 * @param texts at least one; what is no text stands as its JSON
 * @param metadata what the body says beside its content
 * @param error set when the tool failed; then it is all that a client is told
 */
public record OpResult(
        List<String> texts, ObjectNode metadata, @Nullable OpError error) {
    private static final int MILLIS = 1_000;

    /**
     * Reads a body.
     *
     * @param retryAfter seconds that OVER_CAPACITY tells at least
     */
    public static OpResult of(ObjectNode body, long retryAfter) {
        List<String> texts = new ArrayList<>();
        body.path("content").forEach(block -> texts.add(text(block)));
        ObjectNode metadata = body.path(Meta.FIELD) instanceof ObjectNode meta ? meta.deepCopy() : WireJson.object();
        JsonNode told = metadata.path(Meta.ERROR);
        metadata.remove(Meta.ERROR);
        OpError error = body.path("isError").asBoolean() ? error(told, String.join("\n\n", texts), retryAfter) : null;
        return new OpResult(texts.isEmpty() ? List.of("") : List.copyOf(texts), metadata, error);
    }

    /** The texts that are not empty, with a blank line between them. */
    String joined() {
        return texts.stream().filter(text -> !text.isEmpty()).collect(Collectors.joining("\n\n"));
    }

    private static OpError error(JsonNode told, String text, long retryAfter) {
        String code = told.path("code").asText(ErrorCode.TOOL_EXECUTION_ERROR.name());
        String message = text.startsWith(code + ": ") ? text.substring(code.length() + 2) : text;
        ObjectNode details = WireJson.object();
        if (told.has("retryable")) {
            details.put("retryable", told.path("retryable").asBoolean());
        }
        long seconds = (told.path("retryAfterMs").asLong() + MILLIS - 1) / MILLIS;
        if (code.equals(ErrorCode.OVER_CAPACITY.name())) {
            details.put("retry_after", Math.max(seconds, retryAfter));
        } else if (seconds > 0) {
            details.put("retry_after", seconds);
        }
        if (code.equals(ErrorCode.VALIDATION_ERROR.name()) && message.contains(": ")) {
            details.put("field", message.substring(0, message.indexOf(": ")));
        }
        return new OpError(code, message, details);
    }

    private static String text(JsonNode block) {
        return block.path("text").isTextual() ? block.path("text").textValue() : WireJson.write(block);
    }
}
