package io.exai.server.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.Revision;
import io.exai.server.script.InputRequest;
import io.exai.server.script.Invocation;
import io.exai.server.script.Step;
import io.exai.server.security.StateSeal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One round of a request whose script may ask the client: the round's state travels with the client, sealed.
 *
 * @param name what is asked for, by method and name
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr">MCP 2026-07-28,
 *     multi-round-trip requests</a>
 */
record InputRound(StateSeal seal, Asker asker, String name, ObjectNode arguments) {

    /** What the script is asked with; revisions with a handshake have one round. */
    Invocation invocation(ObjectNode params) throws Refusal {
        if (asker.revision().era() != Era.MODERN) {
            return new Invocation(arguments, WireJson.object(), Map.of(), null);
        }
        return new Invocation(
                arguments,
                asker.capabilities(),
                inputs(params.path("inputResponses")),
                state(params.path("requestState")));
    }

    /** The result that asks the client. */
    ObjectNode ask(Step.Ask ask) throws Refusal {
        if (asker.revision().era() != Era.MODERN) {
            throw Refusal.invalid(
                    name + " asks its client back, which " + asker.revision().wireName()
                            + " cannot (expected: revision " + Revision.R2026_07_28.wireName() + ")");
        }
        Optional<ObjectNode> missing = InputRequest.missing(ask.requests(), asker.capabilities());
        if (missing.isPresent()) {
            throw Refusal.of(InputRequest.refusal(name, missing.get()));
        }
        ObjectNode body = WireJson.object().put("resultType", "input_required");
        body.set("inputRequests", InputRequest.toJson(ask.requests()));
        if (ask.state() != null) {
            body.put("requestState", seal.seal(asker.principal(), name, fingerprint(), ask.state()));
        }
        return body;
    }

    private @Nullable String state(JsonNode sealed) throws Refusal {
        if (sealed.isMissingNode()) {
            return null;
        }
        return seal.open(asker.principal(), name, fingerprint(), sealed.asText())
                .orElseThrow(() -> new Refusal(
                        RpcError.INVALID_PARAMS,
                        "requestState: not ours or too old (expected: as it was given)",
                        null));
    }

    private String fingerprint() {
        return WireJson.write(arguments);
    }

    private static Map<String, JsonNode> inputs(JsonNode responses) {
        Map<String, JsonNode> inputs = new LinkedHashMap<>();
        responses.properties().forEach(input -> inputs.put(input.getKey(), input.getValue()));
        return inputs;
    }
}
