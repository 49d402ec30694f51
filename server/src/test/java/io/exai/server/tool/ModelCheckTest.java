package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import io.exai.provider.catalogue.Catalogue;
import io.exai.server.setting.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model that a call names. */
class ModelCheckTest {
    private final Catalogue catalogue =
            Catalogue.load(Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on"))
                    .providers());
    private final String known = catalogue.models().get(0).name();
    private final Tool asking = Definitions.read(Definitions.valid());

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"model\":\"auto\"}", "{\"model\":7}", "{\"model\":null}"})
    void hasNothingAgainstACallThatNamesNoModel(String arguments) {
        assertThat(ModelCheck.problems(asking, Definitions.parse(arguments), catalogue))
                .isEmpty();
    }

    @Test
    void knowsModelsByNameAndAliasWhateverTheCase() {
        assertThat(problems(asking, known)).isEmpty();
        assertThat(problems(asking, known.toUpperCase(java.util.Locale.ROOT))).isEmpty();
        for (String alias : catalogue.models().get(0).aliases()) {
            assertThat(problems(asking, alias)).isEmpty();
        }
    }

    @Test
    void suggestsAModelForAMistypedOne() {
        assertThat(problems(asking, known + "x"))
                .containsExactly("model: " + known + "x (expected: did you mean " + known + "?)");
    }

    @Test
    void listsTheModelsForOneThatIsNothingLikeThem() {
        assertThat(problems(asking, "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"))
                .singleElement()
                .asString()
                .contains("(expected: one of auto, ")
                .contains(known);
    }

    @Test
    void leavesToolsThatAskNoModelAlone() {
        ObjectNode definition = Definitions.valid();
        definition.set("run", Definitions.parse("{\"kind\":\"report\",\"source\":\"status\"}"));
        assertThat(problems(Definitions.read(definition), "qqqq")).isEmpty();
    }

    private List<String> problems(Tool tool, String model) {
        return ModelCheck.problems(tool, Definitions.parse("{}").put("model", model), catalogue);
    }
}
