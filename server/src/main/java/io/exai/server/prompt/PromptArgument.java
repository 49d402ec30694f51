package io.exai.server.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Revision;
import java.util.List;

/**
 * One argument of a prompt, always a text.
 *
 * @param values the only ones it may have; empty when it may be any text
 * @param completes what its values are the names of: {@code models}, {@code tools}, or empty
 */
public record PromptArgument(
        String name, String title, String description, boolean required, List<String> values, String completes) {
    /** Any text. */
    public static PromptArgument required(String name, String description) {
        return new PromptArgument(name, name, description, true, List.of(), "");
    }

    ObjectNode toJson(Revision revision) {
        ObjectNode json = WireJson.object().put("name", name);
        if (revision.compareTo(Revision.R2025_06_18) >= 0) {
            json.put("title", title);
        }
        return json.put("description", description).put("required", required);
    }
}
