package io.exai.server.script;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Methods;
import java.util.Map;

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

    /** What a client must have declared to be asked for this. */
    public String capability() {
        return CAPABILITIES.getOrDefault(method, method);
    }

    /** Several of them by key, as MCP writes {@code inputRequests}. */
    public static ObjectNode toJson(Map<String, InputRequest> requests) {
        ObjectNode json = WireJson.object();
        requests.forEach((key, request) ->
                json.putObject(key).put("method", request.method()).set("params", request.params()));
        return json;
    }
}
