package io.exai.server.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.error.ErrorCode;

/** Runs tools that answer at once, wherever they are called; whatever they throw becomes an answer. */
public final class Inline {
    private Inline() {}

    /** The answer, or an error when it is not what the tool promises. */
    public static ObjectNode checked(Tool tool, ObjectNode answer) {
        return AnswerCheck.problem(tool, answer)
                .map(problem -> ToolAnswer.error(ErrorCode.TOOL_EXECUTION_ERROR, problem, false, 0))
                .orElse(answer);
    }

    public static ObjectNode run(Tool tool, Reports reports) {
        try {
            return tool.run() instanceof Run.Report report
                    ? checked(tool, reports.answer(tool, report.source()))
                    : ToolAnswer.error(ErrorCode.INTERNAL_ERROR, tool.name() + " cannot run inline", false, 0);
        } catch (RuntimeException broken) {
            return ToolAnswer.error(
                    ErrorCode.TOOL_EXECUTION_ERROR, tool.name() + " failed: " + broken.getMessage(), false, 0);
        }
    }
}
