package io.exai.server.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Era;
import io.exai.server.resource.Reading;
import io.exai.server.resource.ResourceBook;

/** {@code resources/read}. */
final class ResourceRequest {
    /** In revisions with a handshake; 2026-07-28 forbids it. */
    private static final int RESOURCE_NOT_FOUND = -32002;
    /** How long a client may keep what it has read, in milliseconds. */
    private static final int TTL_MS = 5_000;

    private final ResourceBook resources;

    ResourceRequest(ResourceBook resources) {
        this.resources = resources;
    }

    ObjectNode answer(ObjectNode params, Asker asker) throws Refusal {
        String uri = Params.text(params, "uri", "uri");
        Reading reading = resources.read(uri, asker.principal()).orElseThrow(() -> unknown(uri, asker));
        ObjectNode body = WireJson.object();
        body.putArray("contents").add(reading.contents());
        if (asker.revision().era() == Era.MODERN) {
            body.put("ttlMs", TTL_MS).put("cacheScope", reading.shared() ? "public" : "private");
        }
        return body;
    }

    private static Refusal unknown(String uri, Asker asker) {
        return new Refusal(
                asker.revision().era() == Era.MODERN ? RpcError.INVALID_PARAMS : RESOURCE_NOT_FOUND,
                "Resource not found: " + Refusal.shown(uri),
                WireJson.object().put("uri", uri));
    }
}
