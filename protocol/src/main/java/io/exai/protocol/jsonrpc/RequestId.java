package io.exai.protocol.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.WireJson;
import java.util.Optional;

/**
 * A request id: a string or an integer, kept as its JSON text so that {@code 1} and {@code "1"} stay different.
 *
 * @param json the id as it stands on the wire
 * @see <a href="https://www.jsonrpc.org/specification#request_object">JSON-RPC 2.0, request object</a>
 */
public record RequestId(String json) {
    /** Longest id accepted, in characters of its JSON text. */
    public static final int MAX_LENGTH = 256;

    /** Empty when the node is neither a string nor an integer, or is too long. */
    public static Optional<RequestId> of(JsonNode node) {
        if (!node.isTextual() && !node.isIntegralNumber()) {
            return Optional.empty();
        }
        String json = node.isIntegralNumber() ? node.asText() : WireJson.write(node);
        return json.length() > MAX_LENGTH ? Optional.empty() : Optional.of(new RequestId(json));
    }

    @Override
    public String toString() {
        return json;
    }
}
