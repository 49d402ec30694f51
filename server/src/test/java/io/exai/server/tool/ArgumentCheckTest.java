package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments against each keyword of a schema. */
class ArgumentCheckTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{\"type\":\"string\"};       7;          a: 7 (expected: type string)",
                "{\"type\":\"integer\"};      1.5;        a: 1.5 (expected: type integer)",
                "{\"type\":[\"string\",\"null\"]}; 7;     a: 7 (expected: type [\"string\",\"null\"])",
                "{\"enum\":[\"x\",\"y\"]};    \"z\";      a: \"z\" (expected: one of [\"x\",\"y\"])",
                "{\"minimum\":0};             -0.1;       a: -0.1 (expected: at least 0)",
                "{\"maximum\":1};             1.1;        a: 1.1 (expected: at most 1)",
                "{\"exclusiveMinimum\":0};    0;          a: 0 (expected: more than 0)",
                "{\"exclusiveMaximum\":1};    1;          a: 1 (expected: less than 1)",
                "{\"minLength\":1};           \"\";       a: \"\" (expected: at least 1 characters)",
                "{\"maxLength\":2};           \"abc\";    a: \"abc\" (expected: at most 2 characters)",
                "{\"minItems\":1};            [];         a: [] (expected: at least 1 items)",
                "{\"maxItems\":1};            [1,2];      a: [1,2] (expected: at most 1 items)",
                "{\"pattern\":\"^[a-z]+$\"};  \"A\";      a: \"A\" (expected: text matching ^[a-z]+$)",
                "{\"items\":{\"type\":\"string\"}}; [\"x\",7]; a.1: 7 (expected: type string)",
                "{\"properties\":{\"b\":{\"maximum\":1}}}; {\"b\":2}; a.b: 2 (expected: at most 1)",
            })
    void namesFieldValueAndExpectation(String schema, String value, String problem) {
        Tool tool = Definitions.withProperties("{\"a\":" + schema + "}", "");
        assertThat(problems(tool, "{\"a\":" + value + "}")).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{\"minimum\":0,\"maximum\":1};     0",
                "{\"minimum\":0,\"maximum\":1};     1",
                "{\"minLength\":1,\"maxLength\":2}; \"ab\"",
                "{\"maxLength\":2};                 \"😀😀\"",
                "{\"type\":\"integer\"};            1.0",
                "{\"format\":\"email\"};            \"no mail\"",
            })
    void acceptsWhatTheSchemaAllows(String schema, String value) {
        Tool tool = Definitions.withProperties("{\"a\":" + schema + "}", "");
        assertThat(problems(tool, "{\"a\":" + value + "}")).isEmpty();
    }

    @Test
    void namesAnArgumentThatIsMissing() {
        Tool tool = Definitions.withProperties(
                "{\"prompt\":{\"type\":\"string\"},\"x\":{}}", ",\"required\":[\"prompt\",\"x\"]");
        assertThat(problems(tool, "{}"))
                .containsExactlyInAnyOrder("prompt: missing (expected: type string)", "x: missing (expected: a value)");
    }

    @Test
    void suggestsAnArgumentForOneItDoesNotKnow() {
        Tool tool = Definitions.withProperties("{\"prompt\":{},\"model\":{}}", ",\"additionalProperties\":false");
        assertThat(problems(tool, "{\"promt\":1}"))
                .containsExactly("promt: not an argument of mine (expected: did you mean prompt?)");
        assertThat(problems(tool, "{\"zzz\":1}"))
                .containsExactly("zzz: not an argument of mine (expected: one of prompt, model)");
    }

    @Test
    void saysSoWhenThereAreNoArgumentsAtAll() {
        Tool tool = Definitions.withProperties("{}", ",\"additionalProperties\":false");
        assertThat(problems(tool, "{\"x\":1}")).containsExactly("x: not an argument of mine (expected: none)");
    }

    @Test
    void tellsAllProblemsButNoMoreThanTen() {
        Tool tool = Definitions.withProperties("{\"a\":{\"items\":{\"type\":\"string\"}}}", "");
        assertThat(problems(tool, "{\"a\":[1,2,3]}")).hasSize(3);
        assertThat(problems(tool, "{\"a\":[1,2,3,4,5,6,7,8,9,10,11,12]}")).hasSize(10);
    }

    @Test
    void showsOnlyTheBeginningOfALongValue() {
        Tool tool = Definitions.withProperties("{\"a\":{\"maxLength\":5}}", "");
        assertThat(problems(tool, "{\"a\":\"" + "x".repeat(10_000) + "\"}"))
                .singleElement()
                .asString()
                .hasSizeLessThan(150);
    }

    @Test
    void fetchesNoReferenceFromTheNetwork() throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listening.configureBlocking(false);
            int port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
            String reference = "{\"$ref\":\"http://127.0.0.1:" + port + "/a.json\"}";
            assertThatThrownBy(() -> Definitions.withProperties("{\"a\":" + reference + "}", ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("mine.json: inputSchema: ");
            assertThat(listening.accept()).as("nobody called").isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\":\"#/$defs/none\"}",
                "{\"$ref\":\"file:///etc/hostname\"}",
                "{\"$ref\":\"other.json\"}",
                "{\"pattern\":\"[\"}",
            })
    void refusesASchemaThatCannotBeUsedWhenTheToolIsRead(String schema) {
        assertThatThrownBy(() -> Definitions.withProperties("{\"a\":" + schema + "}", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mine.json: inputSchema: ");
    }

    @Test
    void followsAReferenceInsideTheSchema() {
        Tool tool = Definitions.withProperties(
                "{\"a\":{\"$ref\":\"#/$defs/text\"}}", ",\"$defs\":{\"text\":{\"type\":\"string\"}}");
        assertThat(problems(tool, "{\"a\":1}")).containsExactly("a: 1 (expected: type string)");
    }

    private static List<String> problems(Tool tool, String arguments) {
        return ArgumentCheck.problems(tool, Definitions.parse(arguments));
    }
}
