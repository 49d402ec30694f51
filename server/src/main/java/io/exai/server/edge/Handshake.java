package io.exai.server.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Meta;
import io.exai.protocol.mcp.Revision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a client introduces itself when it opens a session.
 *
 * @param client name and version, cut to what may be shown
 * @param capabilities as JSON text; null when the client has not told them
 */
record Handshake(Revision revision, String client, @Nullable String capabilities) {
    static final RpcError NO_REVISION = RpcError.of(
            RpcError.INVALID_PARAMS,
            "protocolVersion: missing (expected: a revision such as " + Revision.R2025_11_25.wireName() + ")");

    /** What the params of an {@code initialize} say; empty when they name no revision. */
    static Optional<Handshake> of(ObjectNode params) {
        JsonNode asked = params.path("protocolVersion");
        return asked.isTextual()
                ? Optional.of(new Handshake(
                        Revision.negotiate(asked.textValue()),
                        client(params.path("clientInfo")),
                        capabilities(params.path("capabilities"))))
                : Optional.empty();
    }

    /** Of a client that calls without an {@code initialize}. */
    static Handshake ofCall(ObjectNode params, Revision revision) {
        return new Handshake(revision, client(params.path(Meta.FIELD).path(Meta.CLIENT_INFO)), null);
    }

    private static String client(JsonNode info) {
        return Shown.of(
                (info.path("name").asText("") + " " + info.path("version").asText("")).strip());
    }

    private static @Nullable String capabilities(JsonNode told) {
        return told.isObject() ? WireJson.write(told) : null;
    }
}
