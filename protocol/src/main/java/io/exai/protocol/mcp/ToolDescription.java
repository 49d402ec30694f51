package io.exai.protocol.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;

/**
 * A tool as {@code tools/list} shows it.
 *
 * @param inputSchema JSON Schema 2020-12 of the arguments, an object schema
 */
public record ToolDescription(
        String name, String title, String description, ObjectNode inputSchema, ToolTraits traits) {
    /** As that revision writes a tool. */
    public ObjectNode toJson(Revision revision) {
        ObjectNode json = WireJson.object().put("name", name);
        if (revision.compareTo(Revision.R2025_06_18) >= 0) {
            json.put("title", title);
        }
        json.put("description", description).set("inputSchema", inputSchema);
        if (revision.compareTo(Revision.R2025_03_26) >= 0) {
            json.putObject("annotations").put("title", title).setAll(traits.annotations());
        }
        if (revision.compareTo(Revision.R2025_06_18) >= 0 && traits.outputSchema() != null) {
            json.set("outputSchema", traits.outputSchema());
        }
        if (revision.compareTo(Revision.R2025_06_18) >= 0 && !traits.meta().isEmpty()) {
            json.set(Meta.FIELD, traits.meta());
        }
        if (revision.compareTo(Revision.R2025_11_25) >= 0 && !traits.icons().isEmpty()) {
            json.set("icons", traits.icons());
        }
        if (revision == Revision.R2025_11_25) {
            json.putObject("execution").put("taskSupport", traits.taskSupport());
        }
        return json;
    }
}
