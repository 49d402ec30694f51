package io.exai.server.tool;

import com.networknt.schema.Schema;
import io.exai.protocol.mcp.ToolDescription;

/**
 * One tool, as its two data files define it.
 *
 * @param description what clients are shown
 * @param schema its input schema, compiled
 * @param policy how its calls are treated
 * @param run what a call does
 * @param text its prompt, or the template of its answer
 */
public record Tool(ToolDescription description, Schema schema, Policy policy, Run run, String text) {
    public String name() {
        return description.name();
    }
}
