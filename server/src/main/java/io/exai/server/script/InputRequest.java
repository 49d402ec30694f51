package io.exai.server.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Methods;
import java.util.Map;
import java.util.Optional;

/**
 * What the client is asked for.
 *
 * @param method {@code elicitation/create}, {@code sampling/createMessage} or {@code roots/list}
 */
public record InputRequest(String method, ObjectNode params) {
    private static final Map<String, String> CAPABILITIES = Map.of(
            Methods.ELICIT, "elicitation",
            Methods.CREATE_MESSAGE, "sampling",
            Methods.ROOTS_LIST, "roots");

    /**
     * What a client with those capabilities must declare besides to be asked for this, as MCP writes capabilities;
     * empty when it may be asked. A client that declares {@code elicitation} alone means forms.
     *
     * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation#capabilities">MCP
     *     2025-11-25, elicitation</a>
     */
    public Optional<ObjectNode> missing(ObjectNode capabilities) {
        String capability = CAPABILITIES.getOrDefault(method, method);
        String mode = params.path("mode").asText("form");
        JsonNode declared = capabilities.path(capability);
        if (declared.isObject() && (!method.equals(Methods.ELICIT) || offers(declared, mode))) {
            return Optional.empty();
        }
        ObjectNode required = WireJson.object();
        ObjectNode details = required.putObject(capability);
        if (method.equals(Methods.ELICIT) && (declared.isObject() || mode.equals("url"))) {
            details.putObject(mode);
        }
        return Optional.of(required);
    }

    private static boolean offers(JsonNode elicitation, String mode) {
        return elicitation.has(mode) || (mode.equals("form") && elicitation.isEmpty());
    }

    /** As {@link #missing(ObjectNode)}, of the first request that lacks something. */
    public static Optional<ObjectNode> missing(Map<String, InputRequest> requests, ObjectNode capabilities) {
        return requests.values().stream()
                .flatMap(request -> request.missing(capabilities).stream())
                .findFirst();
    }

    /** What a client is told of which something is asked that it does not declare. */
    public static RpcError refusal(String who, ObjectNode required) {
        return new RpcError(
                RpcError.MISSING_CAPABILITY,
                who + " needs the client capability " + required.fieldNames().next(),
                WireJson.object().set("requiredCapabilities", required));
    }

    /** Several of them by key, as MCP writes {@code inputRequests}. */
    public static ObjectNode toJson(Map<String, InputRequest> requests) {
        ObjectNode json = WireJson.object();
        requests.forEach((key, request) ->
                json.putObject(key).put("method", request.method()).set("params", request.params()));
        return json;
    }
}
