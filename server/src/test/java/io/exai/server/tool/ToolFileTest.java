package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.provider.router.Preference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tool's definition, and the line that tells its mistake. */
class ToolFileTest {
    @Test
    void readsAToolThatAsksAModel() {
        Tool tool = Definitions.read(Definitions.valid());
        assertThat(tool.name()).isEqualTo("mine");
        assertThat(tool.description().title()).isEqualTo("Mine");
        assertThat(tool.description().description()).isEqualTo("Does it.");
        assertThat(tool.description().traits().annotations().toString())
                .isEqualTo("{\"readOnlyHint\":true,\"openWorldHint\":false}");
        assertThat(tool.policy())
                .isEqualTo(
                        new Policy(true, true, Definitions.DEADLINES.workflow(), TaskUse.OPTIONAL, WireJson.object()));
        assertThat(tool.run()).isEqualTo(new Run.AskModel("{{prompt}}", Preference.BALANCED));
        assertThat(tool.text()).isEqualTo("prompt");
    }

    @Test
    void readsAToolThatReports() {
        ObjectNode definition = Definitions.valid();
        definition.set(
                "policy", Definitions.parse("{\"journal\":\"none\",\"repeatable\":false,\"deadline\":\"simple\"}"));
        definition.set("run", Definitions.parse("{\"kind\":\"report\",\"source\":\"status\"}"));
        Tool tool = Definitions.read(definition);
        assertThat(tool.policy())
                .isEqualTo(
                        new Policy(false, false, Definitions.DEADLINES.simple(), TaskUse.FORBIDDEN, WireJson.object()));
        assertThat(tool.run()).isEqualTo(new Run.Report("status"));
    }

    @Test
    void readsWhatAToolMayTellBesides() {
        ObjectNode definition = Definitions.valid().put("task", "required");
        definition.set("outputSchema", Definitions.parse("{\"type\":\"object\"}"));
        definition.set("annotations", Definitions.parse("{\"destructiveHint\":false}"));
        definition.set("requires", Definitions.parse("{\"sampling\":{}}"));
        definition.putArray("icons").addObject().put("src", "https://example.com/a.png");
        definition.set("_meta", Definitions.parse("{\"example.com/team\":\"core\"}"));
        Tool tool = Definitions.read(definition);
        assertThat(tool.answerSchema()).isNotNull();
        assertThat(tool.description().traits().meta()).hasSize(1);
        assertThat(tool.description()
                        .traits()
                        .annotations()
                        .path("destructiveHint")
                        .isBoolean())
                .isTrue();
        assertThat(tool.description().traits().taskSupport()).isEqualTo("required");
        assertThat(tool.description().traits().icons()).hasSize(1);
        assertThat(tool.policy().task()).isEqualTo(TaskUse.REQUIRED);
        assertThat(tool.policy().requires().toString()).isEqualTo("{\"sampling\":{}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task         | \"often\"            | task: often (expected: one of forbidden, optional, required)",
                "outputSchema | {\"type\":\"string\"} | outputSchema: missing or not of type object (expected: a JSON Schema with type object)",
                "annotations  | {\"readOnlyHint\":true} | readOnlyHint: no such field (expected: one of [destructiveHint, idempotentHint])",
                "annotations  | {\"destructiveHint\":1} | destructiveHint: 1 (expected: true or false)",
                "annotations  | 7                    | annotations: 7 (expected: an object)",
                "icons        | {}                   | icons: {} (expected: a list)",
                "icons        | [{}]                 | src:  (expected: a text)",
                "requires     | []                   | requires: [] (expected: an object)",
                "policy       | {\"journal\":\"none\",\"repeatable\":true,\"deadline\":\"simple\"} | task: optional (expected: forbidden, for a tool without a journal)",
            })
    void namesAMistakeInWhatAToolMayTellBesides(String field, String value, String message) {
        ObjectNode definition = Definitions.valid();
        definition.put("task", "optional");
        definition.set(field, Definitions.parse("{\"value\":" + value + "}").path("value"));
        assertThatThrownBy(() -> Definitions.read(definition)).hasMessage("mine.json: " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "'',     name",
        "'',     title",
        "'',     description",
        "'',     inputSchema",
        "'',     readOnly",
        "'',     openWorld",
        "policy, journal",
        "policy, repeatable",
        "policy, deadline",
        "run,    kind",
        "run,    user",
    })
    void namesTheFieldThatIsMissingOrOfTheWrongType(String parent, String field) {
        ObjectNode missing = Definitions.valid();
        part(missing, parent).remove(field);
        assertRefused(missing, field);
        ObjectNode wrong = Definitions.valid();
        part(wrong, parent).put(field, 7);
        assertRefused(wrong, field);
    }

    @ParameterizedTest
    @CsvSource({
        "'',     name,        '',         a text",
        "'',     name,        my tool,    1 to 64 of A-Z a-z 0-9 _ . -",
        "'',     name,        ü,          1 to 64 of A-Z a-z 0-9 _ . -",
        "'',     title,       ' ',        a text",
        "'',     readOnly,    yes,        true or false",
        "'',     inputSchema, object,     a JSON Schema with type object",
        "policy, journal,     outcome,    'one of full, none'",
        "policy, deadline,    90s,        'one of simple, workflow'",
        "run,    kind,        shell,      'one of model, report'",
    })
    void saysWhatWasExpectedInstead(String parent, String field, String value, String expected) {
        ObjectNode definition = Definitions.valid();
        part(definition, parent).put(field, value);
        assertThatThrownBy(() -> Definitions.read(definition))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mine.json: " + field + ": ")
                .hasMessageEndingWith("(expected: " + expected + ")");
    }

    @Test
    void acceptsNamesOf64CharactersAndNoLongerOnes() {
        assertThat(Definitions.read(Definitions.valid().put("name", "n".repeat(64)))
                        .name())
                .hasSize(64);
        assertRefused(Definitions.valid().put("name", "n".repeat(65)), "name");
    }

    @Test
    void refusesAFieldItDoesNotKnow() {
        assertThatThrownBy(() -> Definitions.read(Definitions.valid().put("tittle", "x")))
                .hasMessageStartingWith("mine.json: tittle: no such field (expected: one of [_meta, annotations,");
    }

    @Test
    void refusesASchemaThatIsNotOfAnObject() {
        ObjectNode definition = Definitions.valid();
        definition.putObject("inputSchema").put("type", "array");
        assertRefused(definition, "inputSchema");
    }

    @Test
    void asksAReportForItsSource() {
        ObjectNode definition = Definitions.valid();
        definition.set("run", Definitions.parse("{\"kind\":\"report\"}"));
        assertRefused(definition, "source");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{", "{} {}", "{\"name\":\"a\",\"name\":\"b\"}"})
    void namesAFileThatIsNoJsonObject(String text) {
        assertThatThrownBy(() -> ToolFile.read("mine.json", text, "", Definitions.DEADLINES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mine.json: ");
    }

    private static void assertRefused(ObjectNode definition, String field) {
        assertThatThrownBy(() -> Definitions.read(definition))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mine.json: " + field + ": ")
                .hasMessageContaining("(expected: ");
    }

    private static ObjectNode part(ObjectNode definition, String name) {
        JsonNode part = name.isEmpty() ? definition : definition.get(name);
        return (ObjectNode) part;
    }
}
