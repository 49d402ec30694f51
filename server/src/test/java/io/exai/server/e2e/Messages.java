package io.exai.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;

/** Requests of an MCP client, and how to read their answers. */
final class Messages {
    private Messages() {}

    static ObjectNode request(Object id, String method) {
        ObjectNode request = WireJson.object().put("jsonrpc", "2.0").put("method", method);
        return id instanceof Integer number ? request.put("id", number) : request.put("id", id.toString());
    }

    static ObjectNode initialize(Object id) {
        ObjectNode request = request(id, "initialize");
        ObjectNode params = request.putObject("params").put("protocolVersion", "2025-11-25");
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", "end-to-end").put("version", "1");
        return request;
    }

    /** Names the session it wants back. */
    static ObjectNode initialize(Object id, String sessionId) {
        ObjectNode request = initialize(id);
        request.withObject("/params").putObject("_meta").put("io.exai/sessionId", sessionId);
        return request;
    }

    static ObjectNode ping(Object id) {
        return request(id, "ping");
    }

    static ObjectNode call(Object id, String tool, ObjectNode arguments) {
        ObjectNode request = request(id, "tools/call");
        request.putObject("params").put("name", tool).set("arguments", arguments);
        return request;
    }

    static ObjectNode chat(Object id, String prompt) {
        return call(id, "chat", WireJson.object().put("prompt", prompt));
    }

    /** The text of a tool's answer. */
    static String text(JsonNode answer) {
        return answer.path("result").path("content").path(0).path("text").asText();
    }

    /** A vendor field of an answer's {@code _meta}, missing when it is not there. */
    static JsonNode meta(JsonNode answer, String key) {
        return answer.path("result").path("_meta").path("io.exai/" + key);
    }

    /** The code of a JSON-RPC error; 0 when the answer is none. */
    static int errorCode(JsonNode answer) {
        return answer.path("error").path("code").asInt();
    }
}
