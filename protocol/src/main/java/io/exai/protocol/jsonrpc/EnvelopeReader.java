package io.exai.protocol.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import org.jspecify.annotations.Nullable;

/** Reads one JSON-RPC 2.0 message; never throws, whatever the bytes. */
public final class EnvelopeReader {
    private static final int MAX_METHOD_LENGTH = 256;

    private EnvelopeReader() {}

    public static Incoming read(byte[] utf8, int offset, int length) {
        JsonNode node;
        try {
            node = WireJson.parse(utf8, offset, length);
        } catch (MalformedJson problem) {
            return new Incoming.Malformed(
                    null, RpcError.of(RpcError.PARSE_ERROR, "Parse error: " + problem.getMessage()));
        }
        return node instanceof ObjectNode object
                ? read(object)
                : invalid(
                        null,
                        (node.isArray()
                                        ? "a batch"
                                        : "a JSON " + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT))
                                + " (expected: one JSON object)");
    }

    /** As {@link #read(byte[], int, int)}, of one element of a batch. */
    public static Incoming read(ObjectNode message) {
        JsonNode idNode = message.get("id");
        RequestId id = idNode == null ? null : RequestId.of(idNode).orElse(null);
        if (!"2.0".equals(message.path("jsonrpc").textValue())) {
            return invalid(id, "jsonrpc: " + shown(message.get("jsonrpc")) + " (expected: \"2.0\")");
        }
        JsonNode method = message.get("method");
        if (method == null) {
            return response(message, id);
        }
        if (!method.isTextual()
                || method.textValue().isEmpty()
                || method.textValue().length() > MAX_METHOD_LENGTH) {
            return invalid(id, "method: " + shown(method) + " (expected: a string of 1 to 256 characters)");
        }
        if (idNode != null && id == null) {
            return invalid(null, "id: " + shown(idNode) + " (expected: a string or an integer)");
        }
        JsonNode params = message.get("params");
        if (params != null && !params.isObject()) {
            return invalid(id, "params: " + shown(params) + " (expected: an object)");
        }
        ObjectNode object = params == null ? WireJson.object() : (ObjectNode) params;
        return id == null
                ? new Incoming.Notification(method.textValue(), object)
                : new Incoming.Request(id, method.textValue(), object);
    }

    private static Incoming response(ObjectNode message, @Nullable RequestId id) {
        JsonNode result = message.get("result");
        JsonNode error = message.get("error");
        if (id == null || (result == null) == (error == null)) {
            return invalid(id, "neither a method nor a response (expected: method, or id with result or error)");
        }
        return new Incoming.Response(id, result, error);
    }

    private static Incoming invalid(@Nullable RequestId id, String what) {
        return new Incoming.Malformed(id, RpcError.of(RpcError.INVALID_REQUEST, "Invalid request: " + what));
    }

    private static String shown(@Nullable JsonNode node) {
        if (node == null) {
            return "missing";
        }
        String text = node.toString();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
