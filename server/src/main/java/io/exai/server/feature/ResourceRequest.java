package io.exai.server.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Era;
import io.exai.server.resource.Reading;
import io.exai.server.resource.ResourceBook;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

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
        return body(resources.read(uri, asker.principal()).orElseThrow(() -> unknown(uri, asker)), asker);
    }

    /** As {@link #answer}, of what is not known here; empty when it is nobody's to ask. */
    Optional<CompletionStage<Answer>> ask(ObjectNode params, Asker asker) {
        String uri = params.path("uri").asText();
        return resources
                .ask(uri, asker.principal())
                .map(reading -> reading.handle((found, failure) -> {
                    if (failure != null) {
                        return new Answer.Refused(RpcError.of(
                                RpcError.INTERNAL_ERROR, Refusal.shown(uri) + " does not answer; try again soon"));
                    }
                    return found.<Answer>map(read -> new Answer.Result(body(read, asker)))
                            .orElseGet(
                                    () -> new Answer.Refused(unknown(uri, asker).error()));
                }));
    }

    private static ObjectNode body(Reading reading, Asker asker) {
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
