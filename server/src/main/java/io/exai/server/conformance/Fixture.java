package io.exai.server.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.ToolDescription;
import io.exai.protocol.mcp.ToolTraits;
import io.exai.server.script.Script;
import io.exai.server.script.Step;
import io.exai.server.tool.Policy;
import io.exai.server.tool.Tool;
import java.time.Duration;
import java.util.List;

/** Makes tools out of little. */
final class Fixture {
    /** Longer than the longest of them runs. */
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    static final String NO_ARGUMENTS = "{\"type\":\"object\",\"properties\":{}}";

    private Fixture() {}

    static Tool tool(String name, String description, String schema, Policy policy, Script script) {
        ToolTraits traits = ToolTraits.of(true, false);
        return Tool.scripted(new ToolDescription(name, name, description, json(schema), traits), policy, script);
    }

    static Tool tool(String name, String description, Script script) {
        return tool(name, description, NO_ARGUMENTS, policy(), script);
    }

    /** The same steps in every call. */
    static Tool fixed(String name, String description, Step... steps) {
        return tool(name, description, invocation -> List.of(steps));
    }

    static Policy policy() {
        return Policy.durable(DEADLINE);
    }

    /** A constant of this package. */
    static ObjectNode json(String text) {
        try {
            return (ObjectNode) WireJson.parse(text);
        } catch (MalformedJson mistake) {
            throw new IllegalArgumentException(text, mistake);
        }
    }
}
