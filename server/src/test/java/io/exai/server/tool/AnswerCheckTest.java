package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers against the output schema of their tool. */
class AnswerCheckTest {
    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"count\":{\"type\":\"integer\"}},\"required\":[\"count\"]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"structuredContent\":{\"count\":1}} | true",
                "{\"structuredContent\":{\"count\":\"1\"}} | false",
                "{\"structuredContent\":{}} | false",
                "{\"structuredContent\":7} | false",
                "{} | false",
                "{\"isError\":true} | true",
            })
    void holdsStructuredContentAgainstTheSchema(String answer, boolean fine) {
        ObjectNode definition = Definitions.valid();
        definition.set("outputSchema", Definitions.parse(SCHEMA));
        assertThat(AnswerCheck.problem(Definitions.read(definition), Definitions.parse(answer))
                        .isEmpty())
                .isEqualTo(fine);
    }

    @Test
    void namesToolAndPlace() {
        ObjectNode definition = Definitions.valid();
        definition.set("outputSchema", Definitions.parse(SCHEMA));
        assertThat(AnswerCheck.problem(
                        Definitions.read(definition), Definitions.parse("{\"structuredContent\":{\"count\":\"1\"}}")))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("mine: structuredContent/count: "));
    }

    @Test
    void letsAToolWithoutOutputSchemaAnswerAsItLikes() {
        assertThat(AnswerCheck.problem(Definitions.read(Definitions.valid()), Definitions.parse("{}")))
                .isEmpty();
    }
}
