package io.exai.server.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a script is asked with.
 *
 * @param arguments checked against the schema
 * @param capabilities of the client: it is never asked for what it does not declare
 * @param inputs what the client gave to the requests of the round before, by key: the result of each
 * @param state what the round before left, unsealed; null in the first round
 */
public record Invocation(
        JsonNode arguments,
        ObjectNode capabilities,
        Map<String, JsonNode> inputs,
        @Nullable String state) {
    /** Whether the client declares such a capability: {@code elicitation}, {@code sampling}, {@code roots}. */
    public boolean can(String capability) {
        return capabilities.has(capability);
    }
}
