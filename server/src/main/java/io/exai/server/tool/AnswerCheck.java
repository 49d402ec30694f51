package io.exai.server.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.List;
import java.util.Optional;

/** Holds a tool's answer against the output schema that its clients were shown. */
public final class AnswerCheck {
    private AnswerCheck() {}

    /** What is wrong with the structured content, in one line; a failed call may be without. */
    public static Optional<String> problem(Tool tool, JsonNode answer) {
        if (tool.answerSchema() == null || answer.path("isError").asBoolean()) {
            return Optional.empty();
        }
        JsonNode structured = answer.path("structuredContent");
        if (!structured.isObject()) {
            return Optional.of(tool.name() + ": structuredContent: missing (expected: as its outputSchema)");
        }
        List<Error> errors = tool.answerSchema().validate(structured);
        return errors.stream()
                .findFirst()
                .map(error -> tool.name() + ": structuredContent" + error.getInstanceLocation() + ": "
                        + error.getMessage() + " (expected: as its outputSchema)");
    }
}
