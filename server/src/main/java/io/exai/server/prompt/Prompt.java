package io.exai.server.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Revision;
import io.exai.server.script.Script;
import java.util.List;
import java.util.Optional;

/**
 * One prompt.
 *
 * @param script ends with description and messages, or asks the client first
 */
public record Prompt(String name, String title, String description, List<PromptArgument> arguments, Script script) {
    /** As {@code prompts/list} of that revision shows it. */
    public ObjectNode toJson(Revision revision) {
        ObjectNode json = WireJson.object().put("name", name);
        if (revision.compareTo(Revision.R2025_06_18) >= 0) {
            json.put("title", title);
        }
        ArrayNode list = json.put("description", description).putArray("arguments");
        arguments.forEach(argument -> list.add(argument.toJson(revision)));
        return json;
    }

    public Optional<PromptArgument> argument(String argumentName) {
        return arguments.stream()
                .filter(argument -> argument.name().equals(argumentName))
                .findFirst();
    }
}
