package io.exai.protocol.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;

/**
 * A tool as {@code tools/list} shows it.
 *
 * @param inputSchema JSON Schema 2020-12 of the arguments, an object schema
 * @param readOnly whether a call changes nothing anywhere
 */
public record ToolDescription(
        String name, String title, String description, ObjectNode inputSchema, boolean readOnly, boolean openWorld) {
    ObjectNode toJson(Revision revision) {
        ObjectNode json = WireJson.object().put("name", name);
        if (revision.compareTo(Revision.R2025_06_18) >= 0) {
            json.put("title", title);
        }
        json.put("description", description).set("inputSchema", inputSchema);
        if (revision.compareTo(Revision.R2025_03_26) >= 0) {
            json.putObject("annotations")
                    .put("title", title)
                    .put("readOnlyHint", readOnly)
                    .put("openWorldHint", openWorld);
        }
        return json;
    }
}
