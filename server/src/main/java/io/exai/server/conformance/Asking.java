package io.exai.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Methods;
import io.exai.server.script.InputRequest;
import io.exai.server.script.Invocation;
import java.util.Optional;

/** What clients are asked for, and what they give. */
final class Asking {
    private Asking() {}

    /** A form; {@code schema} is of an object. */
    static InputRequest form(String message, String schema) {
        return new InputRequest(
                Methods.ELICIT, WireJson.object().put("message", message).set("requestedSchema", Fixture.json(schema)));
    }

    /** A form with one field that must be filled in. */
    static InputRequest field(String message, String field, String type) {
        return form(
                message,
                "{\"type\":\"object\",\"properties\":{\"" + field + "\":{\"type\":\"" + type + "\"}},\"required\":[\""
                        + field + "\"]}");
    }

    static InputRequest sampling(String prompt, int maxTokens) {
        var params = WireJson.object();
        params.putArray("messages").addObject().put("role", "user").set("content", Blocks.text(prompt));
        return new InputRequest(Methods.CREATE_MESSAGE, params.put("maxTokens", maxTokens));
    }

    static InputRequest roots() {
        return new InputRequest(Methods.ROOTS_LIST, WireJson.object());
    }

    /** What was given for a key, whatever it is. */
    static JsonNode input(Invocation invocation, String key) {
        return invocation.inputs().getOrDefault(key, MissingNode.getInstance());
    }

    /** A field of a form that was filled in. */
    static Optional<JsonNode> filled(Invocation invocation, String key, String field) {
        JsonNode input = input(invocation, key);
        JsonNode value = input.path("content").path(field);
        return input.path("action").asText().equals("accept") && !value.isMissingNode() && !value.isNull()
                ? Optional.of(value)
                : Optional.empty();
    }

    /** The text that the client's model made. */
    static Optional<String> sampled(Invocation invocation, String key) {
        JsonNode content = input(invocation, key).path("content");
        JsonNode text = content.isArray() ? content.path(0).path("text") : content.path("text");
        return text.isTextual() ? Optional.of(text.textValue()) : Optional.empty();
    }

    /** The client's roots, as text. */
    static Optional<String> rooted(Invocation invocation, String key) {
        JsonNode roots = input(invocation, key).path("roots");
        return roots.isArray() ? Optional.of(roots.toString()) : Optional.empty();
    }
}
