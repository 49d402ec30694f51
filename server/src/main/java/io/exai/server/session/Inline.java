package io.exai.server.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.error.ErrorCode;
import io.exai.server.tool.AnswerCheck;
import io.exai.server.tool.Reports;
import io.exai.server.tool.Run;
import io.exai.server.tool.Tool;
import io.exai.server.tool.ToolAnswer;

/** Runs tools that answer at once, inside the session; whatever they throw becomes an answer. */
final class Inline {
    private Inline() {}

    /** The answer, or an error when it is not what the tool promises. */
    static ObjectNode checked(Tool tool, ObjectNode answer) {
        return AnswerCheck.problem(tool, answer)
                .map(problem -> ToolAnswer.error(ErrorCode.TOOL_EXECUTION_ERROR, problem, false, 0))
                .orElse(answer);
    }

    static ObjectNode run(Tool tool, Reports reports) {
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
