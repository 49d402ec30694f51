package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the client said beside the arguments of a call, as far as a run needs it; part of the journal, as JSON text.
 *
 * @param capabilities of the client
 * @param logLevel least level of the log messages that this request wants; null for none, or as the session says
 * @param inputs results of what the client was asked for, by key
 * @param state what the script left in the round before, unsealed
 */
public record CallContext(
        ObjectNode capabilities,
        @Nullable String logLevel,
        Map<String, JsonNode> inputs,
        @Nullable String state) {
    public static CallContext none() {
        return new CallContext(WireJson.object(), null, Map.of(), null);
    }

    /** Capabilities out of their JSON text; none when it is no object. */
    public static ObjectNode capabilities(String text) {
        try {
            return WireJson.parse(text) instanceof ObjectNode object ? object : WireJson.object();
        } catch (MalformedJson broken) {
            return WireJson.object();
        }
    }

    /** Reads what {@link #write} wrote. */
    public static CallContext read(@Nullable String text) {
        if (text == null) {
            return none();
        }
        try {
            JsonNode json = WireJson.parse(text);
            Map<String, JsonNode> inputs = new LinkedHashMap<>();
            json.path("inputs").properties().forEach(field -> inputs.put(field.getKey(), field.getValue()));
            return new CallContext(
                    json.path("capabilities") instanceof ObjectNode capabilities ? capabilities : WireJson.object(),
                    json.hasNonNull("logLevel") ? json.path("logLevel").asText() : null,
                    inputs,
                    json.hasNonNull("state") ? json.path("state").asText() : null);
        } catch (MalformedJson broken) {
            return none();
        }
    }

    public String write() {
        ObjectNode json = WireJson.object();
        json.set("capabilities", capabilities);
        json.put("logLevel", logLevel);
        ObjectNode given = json.putObject("inputs");
        inputs.forEach(given::set);
        json.put("state", state);
        return WireJson.write(json);
    }

    /** The same call of a client with those capabilities. */
    public CallContext of(ObjectNode newCapabilities) {
        return new CallContext(newCapabilities, logLevel, inputs, state);
    }

    /** The same client, one round on. */
    public CallContext with(Map<String, JsonNode> newInputs, @Nullable String newState) {
        return new CallContext(capabilities, logLevel, newInputs, newState);
    }
}
