package io.exai.protocol.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tools/list} tells of a tool beside its name, its purpose and its arguments.
 *
 * @param outputSchema JSON Schema 2020-12 of the structured content, an object schema
 * @param annotations hints as MCP's ToolAnnotations, such as {@code readOnlyHint}; without a title
 * @param icons MCP's icons; may be empty
 * @param taskSupport whether a call may be a task: forbidden, optional or required
 * @param meta for clients that know its keys; may be empty
 */
public record ToolTraits(
        @Nullable ObjectNode outputSchema,
        ObjectNode annotations,
        ArrayNode icons,
        String taskSupport,
        ObjectNode meta) {
    /** No output schema, no icons, no tasks, no meta. */
    public static ToolTraits of(boolean readOnly, boolean openWorld) {
        ObjectNode hints = WireJson.object().put("readOnlyHint", readOnly).put("openWorldHint", openWorld);
        return new ToolTraits(null, hints, WireJson.object().arrayNode(), "forbidden", WireJson.object());
    }

    /** The same tool with another rule for tasks. */
    public ToolTraits withTaskSupport(String support) {
        return new ToolTraits(outputSchema, annotations, icons, support, meta);
    }
}
