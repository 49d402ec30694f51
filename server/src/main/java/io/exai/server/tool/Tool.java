package io.exai.server.tool;

import com.networknt.schema.Schema;
import io.exai.protocol.mcp.ToolDescription;
import io.exai.server.script.Script;
import org.jspecify.annotations.Nullable;

/**
 * One tool, as its two data files or a script define it.
 *
 * @param description what clients are shown
 * @param schema its input schema, compiled
 * @param answerSchema its output schema, compiled, if it has one
 * @param policy how its calls are treated
 * @param run what a call does
 * @param text its prompt, or the template of its answer
 */
public record Tool(
        ToolDescription description,
        Schema schema,
        @Nullable Schema answerSchema,
        Policy policy,
        Run run,
        String text) {
    /** A tool whose calls take the steps of a script. */
    public static Tool scripted(ToolDescription description, Policy policy, Script script) {
        ToolDescription shown = new ToolDescription(
                description.name(),
                description.title(),
                description.description(),
                description.inputSchema(),
                description.traits().withTaskSupport(policy.task().wireName()));
        return new Tool(
                shown, ArgumentCheck.compile(description.inputSchema()), null, policy, new Run.Scripted(script), "");
    }

    public String name() {
        return description.name();
    }
}
