package io.exai.provider.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {
    private static final String GOOD = "{'name':'m','aliases':['a'],'contextWindow':10,'maxOutputTokens':5,"
            + "'images':true,'tools':false,'thinking':true,'rank':3}";

    @Test
    void readsAModel() {
        assertThat(parse("{'models':[" + GOOD + "]}"))
                .containsExactly(new Model("m", "p", List.of("a"), 10, 5, true, false, true, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'m'       | ''      | models[0].name: \"\" (expected: a name)",
                "'m'       | 7       | models[0].name: 7 (expected: a name)",
                "['a']     | 'a'     | models[0].aliases: \"a\" (expected: a list of names)",
                "['a']     | [1]     | models[0].aliases[0]: 1 (expected: a name)",
                ":10       | :0      | models[0].contextWindow: 0 (expected: a whole number of at least 1)",
                ":10       | :'10'   | models[0].contextWindow: \"10\" (expected: a whole number of at least 1)",
                ":5        | :1.5    | models[0].maxOutputTokens: 1.5 (expected: a whole number of at least 1)",
                "'rank'    | 'rang'  | models[0].rang: 3 (expected: one of name, aliases, contextWindow, maxOutputTokens, images, tools, thinking, rank)",
                ",'rank':3 | ''      | models[0].rank: missing (expected: a whole number of at least 1)",
                "true      | null    | models[0].images: null (expected: true or false)",
            },
            quoteCharacter = '`')
    void namesFileAndFieldThatIsWrong(String good, String bad, String problem) {
        String replacement = good.startsWith(",") ? "" : bad;
        assertThatThrownBy(() -> parse("{'models':[" + GOOD.replace(good, replacement) + "]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("catalogue/p.json: " + problem);
    }

    @Test
    void namesAFileThatIsNoCatalogue() {
        assertThatThrownBy(() -> parse("{")).hasMessageStartingWith("catalogue/p.json: not JSON: ");
        assertThatThrownBy(() -> parse("[]")).hasMessageStartingWith("catalogue/p.json: models: missing");
        assertThatThrownBy(() -> parse("{'models':[]}"))
                .hasMessage("catalogue/p.json: models: [] (expected: a list with at least one model)");
        assertThatThrownBy(() -> parse("{'models':[1]}"))
                .hasMessage("catalogue/p.json: models[0]: 1 (expected: an object)");
        assertThatThrownBy(() -> ModelFile.read("nobody")).hasMessageStartingWith("catalogue/nobody.json: missing");
    }

    private static List<Model> parse(String json) {
        return ModelFile.parse("catalogue/p.json", "p", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
