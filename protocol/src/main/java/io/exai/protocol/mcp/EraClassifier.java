package io.exai.protocol.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the eras apart, message by message: one connection may carry both. Pure.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning">MCP 2026-07-28,
 *     versioning</a>
 */
public final class EraClassifier {
    private EraClassifier() {}

    /**
     * Classifies a request.
     *
     * @param negotiated the revision agreed on by an earlier {@code initialize} of this connection
     */
    public static Dialect classify(String method, ObjectNode params, @Nullable Revision negotiated) {
        JsonNode meta = params.path(Meta.FIELD);
        if (meta.has(Meta.PROTOCOL_VERSION) || method.equals(Methods.DISCOVER)) {
            return modern(method, meta);
        }
        if (method.equals(Methods.INITIALIZE)) {
            return new Dialect.Handshake();
        }
        if (negotiated != null) {
            return Methods.isKnown(negotiated, method)
                    ? new Dialect.Legacy(negotiated)
                    : rejected(RpcError.METHOD_NOT_FOUND, "Method not found: " + method);
        }
        return beforeHandshake(method);
    }

    /** What a modern request must say of itself and does not; empty when all is there. */
    public static Optional<RpcError> missing(JsonNode meta) {
        if (!meta.path(Meta.PROTOCOL_VERSION).isTextual()) {
            return Optional.of(RpcError.of(
                    RpcError.INVALID_PARAMS, missing(Meta.PROTOCOL_VERSION, "a revision such as \"2026-07-28\"")));
        }
        return meta.path(Meta.CLIENT_CAPABILITIES).isObject()
                ? Optional.empty()
                : Optional.of(RpcError.of(RpcError.INVALID_PARAMS, missing(Meta.CLIENT_CAPABILITIES, "an object")));
    }

    private static Dialect modern(String method, JsonNode meta) {
        Optional<RpcError> missing = missing(meta);
        if (missing.isPresent()) {
            return new Dialect.Rejected(missing.get());
        }
        JsonNode asked = meta.path(Meta.PROTOCOL_VERSION);
        ObjectNode capabilities = (ObjectNode) meta.path(Meta.CLIENT_CAPABILITIES);
        Optional<Revision> revision = Revision.of(asked.textValue()).filter(r -> r.era() == Era.MODERN);
        if (revision.isEmpty()) {
            return new Dialect.Rejected(unsupported(asked.textValue()));
        }
        return Methods.isKnown(revision.get(), method)
                ? new Dialect.Modern(revision.get(), capabilities)
                : rejected(RpcError.METHOD_NOT_FOUND, "Method not found: " + method);
    }

    private static Dialect beforeHandshake(String method) {
        if (method.equals(Methods.PING)) {
            return new Dialect.Legacy(Revision.R2025_11_25);
        }
        return Methods.isKnown(Revision.R2025_11_25, method)
                ? rejected(
                        RpcError.INVALID_PARAMS,
                        "Not initialized: " + method + " (expected: initialize first, or params._meta with "
                                + Meta.PROTOCOL_VERSION + ")")
                : rejected(RpcError.METHOD_NOT_FOUND, "Method not found: " + method);
    }

    private static RpcError unsupported(String asked) {
        ObjectNode data = WireJson.object();
        ArrayNode supported = data.putArray("supported");
        Revision.names(Era.MODERN).forEach(supported::add);
        data.put("requested", asked);
        return new RpcError(RpcError.UNSUPPORTED_PROTOCOL_VERSION, "Unsupported protocol version: " + asked, data);
    }

    private static String missing(String key, String expected) {
        return "params._meta[\"" + key + "\"]: missing or of the wrong type (expected: " + expected + ")";
    }

    private static Dialect rejected(int code, String message) {
        return new Dialect.Rejected(RpcError.of(code, message));
    }
}
