package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Supplier;

/** Where report tools take their figures from: a name in the tool's file, a snapshot of values at each call. */
public record Reports(Map<String, Supplier<ObjectNode>> sources) {
    /**
     * The answer of a report tool: its template, filled with the values of its source, which are told as structured
     * content too.
     *
     * @throws IllegalArgumentException when the tool names a source that is not there
     */
    public ObjectNode answer(Tool tool, String source) {
        Supplier<ObjectNode> values = sources.get(source);
        if (values == null) {
            throw new IllegalArgumentException(
                    tool.name() + ".json: source: " + source + " (expected: one of " + sources.keySet() + ")");
        }
        ObjectNode figures = values.get();
        ObjectNode answer = ToolAnswer.text(
                Template.fill(tool.text(), name -> shown(figures.path(name))).strip());
        answer.set("structuredContent", figures);
        return answer;
    }

    private static String shown(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
