package io.exai.server.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Revision;

/**
 * What lists show of a resource or of a template.
 *
 * @param address URI, or URI template
 */
public record ResourceDescription(String address, String name, String title, String description, String mimeType) {
    /** {@code field} is what the address is called: {@code uri} or {@code uriTemplate}. */
    ObjectNode toJson(String field, Revision revision) {
        ObjectNode json = WireJson.object().put(field, address).put("name", name);
        if (revision.compareTo(Revision.R2025_06_18) >= 0) {
            json.put("title", title);
        }
        return json.put("description", description).put("mimeType", mimeType);
    }
}
