package io.exai.protocol.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC error object.
 *
 * @see <a href="https://www.jsonrpc.org/specification#error_object">JSON-RPC 2.0, error object</a>
 */
public record RpcError(int code, String message, @Nullable ObjectNode data) {
    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    public static final int INTERNAL_ERROR = -32603;
    /** The session is gone, was never there, or belongs to somebody else; legacy revisions only. */
    public static final int SESSION_NOT_FOUND = -32001;
    /** A resource that is not there; legacy revisions only. */
    public static final int RESOURCE_NOT_FOUND = -32002;
    /** An HTTP header differs from the body it repeats; 2026-07-28. */
    public static final int HEADER_MISMATCH = -32020;
    /** The client lacks a capability that the request needs; 2026-07-28. */
    public static final int MISSING_CAPABILITY = -32021;
    /** The revision asked for is not served; 2026-07-28. */
    public static final int UNSUPPORTED_PROTOCOL_VERSION = -32022;

    public static RpcError of(int code, String message) {
        return new RpcError(code, message, null);
    }

    /** Reads what {@link #toJson} made. */
    public static RpcError read(JsonNode json) {
        return new RpcError(
                json.path("code").asInt(INTERNAL_ERROR),
                json.path("message").asText(),
                json.path("data") instanceof ObjectNode object ? object : null);
    }

    public ObjectNode toJson() {
        ObjectNode json = WireJson.object().put("code", code).put("message", message);
        if (data != null) {
            json.set("data", data);
        }
        return json;
    }
}
