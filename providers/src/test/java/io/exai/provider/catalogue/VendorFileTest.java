package io.exai.provider.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.provider.chat.Thinking;
import io.exai.provider.chat.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorFileTest {
    private static final String GOOD = "{'name':'m','aliases':['a'],'contextWindow':1000,'maxOutputTokens':500,"
            + "'images':{'count':3,'bytes':9},'thinking':{'tokens':200},'temperature':{'least':0,'most':1,'standard':0.5},"
            + "'price':{'input':2,'output':4},'rank':3,'speed':4}";

    @Test
    void readsAModel() {
        assertThat(read("{'models':[" + GOOD + "]}").models())
                .containsExactly(new Model(
                        "m",
                        "p",
                        List.of("a"),
                        1000,
                        500,
                        new ImageLimits(3, 9),
                        false,
                        true,
                        200,
                        false,
                        new Temperature(0, 1, 0.5),
                        new Price(2, 2, 4),
                        3,
                        4));
    }

    @Test
    void readsAVendorAndWhatItsModelsHaveInCommon() {
        Vendor vendor = read("{'title':'P','dialect':'glm','baseUrl':'http://p','keyNeeded':true,'preference':7,"
                + "'defaults':{'contextWindow':1000,'maxOutputTokens':10,'tools':true},"
                + "'models':[{'name':'a'},{'name':'b','tools':false}],'unlisted':{'rank':2}}");
        assertThat(vendor.title()).isEqualTo("P");
        assertThat(vendor.dialect()).isEqualTo(Dialect.GLM);
        assertThat(vendor.home()).isEqualTo("http://p");
        assertThat(vendor.keyNeeded()).isTrue();
        assertThat(vendor.preference()).isEqualTo(7);
        assertThat(vendor.models()).extracting(Model::tools).containsExactly(true, false);
        assertThat(vendor.unlisted())
                .isNotNull()
                .extracting(Model::contextWindow)
                .isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'m'       | ''      | models[0].name: \"\" (expected: a text)",
                "'m'       | 7       | models[0].name: 7 (expected: a text)",
                "['a']     | 'a'     | models[0].aliases: \"a\" (expected: a list of names)",
                "['a']     | [1]     | models[0].aliases: [1] (expected: a list of names)",
                ":1000     | :255    | models[0].contextWindow: 255 (expected: a whole number from 256 to 100000000)",
                ":1000     | :'10'   | models[0].contextWindow: \"10\" (expected: a whole number from 256 to 100000000)",
                ":500      | :1.5    | models[0].maxOutputTokens: 1.5 (expected: a whole number from 1 to 100000000)",
                ":3        | :0      | models[0].images.count: 0 (expected: a whole number from 1 to 1000)",
                "'rank'    | 'rang'  | models[0].rang: 3 (expected: one of aliases, contextWindow, images, maxOutputTokens, name, price, rank, speed, temperature, thinking, tools, webSearch)",
                ":0.5      | :1.1    | models[0].temperature.standard: 1.1 (expected: a number from 0.0 to 1.0)",
                "'output'  | 'out'   | models[0].price.out: 4 (expected: one of cached, input, output)",
                "'tokens'  | 'token' | models[0].thinking.token: 200 (expected: one of tokens)",
            },
            quoteCharacter = '`')
    void namesFileAndFieldThatIsWrong(String good, String bad, String problem) {
        assertThatThrownBy(
                        () -> read("{'models':[" + GOOD.replaceFirst(java.util.regex.Pattern.quote(good), bad) + "]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("p.json: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                              | models: missing (expected: a list with at least one model, or unlisted)",
                "{'models':{}}                   | models: {} (expected: a list)",
                "{'models':[1]}                  | models[0]: missing (expected: an object)",
                "{'unlisted':{}}                 | unlisted.contextWindow: missing (expected: a whole number from 256 to 100000000)",
                "{'keyNeeded':1,'models':[]}     | models: [] (expected: a list with at least one model, or unlisted)",
                "{'key':1,'models':[]}           | key: 1 (expected: one of baseUrl, defaults, dialect, keyNeeded, models, preference, pricesOf, title, unlisted)",
            },
            quoteCharacter = '`')
    void namesWhatIsWrongWithAFile(String json, String problem) {
        assertThatThrownBy(() -> read(json)).hasMessage("p.json: " + problem);
    }

    @Test
    void refusesADialectThatNobodySpeaks() {
        assertThatThrownBy(() -> read("{'dialect':'x','models':[" + GOOD + "]}"))
                .hasMessage("p.json: dialect: \"x\" (expected: compatible, openai, openrouter, kimi, glm, anthropic)");
    }

    @Test
    void refusesTwoModelsOfOneName() {
        assertThatThrownBy(() -> read("{'models':[" + GOOD + ',' + GOOD.replace("'m'", "'M'") + "]}"))
                .hasMessageContaining("models[1].name");
    }

    @Test
    void countsWhatACallCosts() {
        Price price = new Price(0.6, 0.15, 2.5);
        assertThat(price.nanos(new Usage(1_000, 100, 400))).isEqualTo(600 * 600 + 400 * 150 + 100 * 2_500);
        assertThat(price.nanos(Usage.NONE)).isZero();
    }

    @Test
    void sharesOutTheBudgetForThinking() {
        Model model = read("{'models':[" + GOOD + "]}").models().get(0);
        assertThat(model.thinkingBudget(Thinking.MINIMAL)).isEqualTo(1);
        assertThat(model.thinkingBudget(Thinking.LOW)).isEqualTo(16);
        assertThat(model.thinkingBudget(Thinking.MEDIUM)).isEqualTo(66);
        assertThat(model.thinkingBudget(Thinking.HIGH)).isEqualTo(134);
        assertThat(model.thinkingBudget(Thinking.MAX)).isEqualTo(200);
    }

    private static Vendor read(String json) {
        try {
            ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"'));
            return VendorFile.read("p.json", "p", tree, false);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
