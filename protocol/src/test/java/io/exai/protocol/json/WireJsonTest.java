package io.exai.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as one JSON value, and what is written back. */
class WireJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "{}{}",
                "{} x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{'a':1}",
                "{a:1}",
                "[1,]",
                "NaN",
                "Infinity",
                "01",
                "+1",
                ".5",
                "// comment\n{}",
                "\"tab\tinside\"",
                "\"\\x\"",
                "\"\\ud8\"",
            })
    void refusesWhatIsNotOneStrictJsonValue(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> WireJson.parse(text)).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> WireJson.parse(utf8, 0, utf8.length)).isInstanceOf(MalformedJson.class);
    }

    @Test
    void acceptsNestingUpToTheLimitAndNoDeeper() throws MalformedJson {
        assertThat(WireJson.parse(nested(WireJson.MAX_DEPTH - 1)).isArray()).isTrue();
        assertThat(WireJson.parse(nested(WireJson.MAX_DEPTH)).isArray()).isTrue();
        assertThatThrownBy(() -> WireJson.parse(nested(WireJson.MAX_DEPTH + 1)))
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining("nesting depth");
    }

    @Test
    void stopsReadingWhereTheNestingIsTooDeep() {
        byte[] deep = "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> WireJson.parse(deep, 0, deep.length)).hasMessageContaining("depth (201)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "-9"})
    void acceptsNumbersOfThousandCharactersAndNoLonger(String first) throws MalformedJson {
        String longest = first + "9".repeat(1000 - first.replace("-", "").length());
        assertThat(WireJson.parse(longest).isIntegralNumber()).isTrue();
        assertThatThrownBy(() -> WireJson.parse(longest + "99")).isInstanceOf(MalformedJson.class);
    }

    @Test
    void readsAHugeExponentWithoutBuildingItsDigits() throws MalformedJson {
        assertThat(WireJson.parse("1e999999999").isNumber()).isTrue();
        assertThat(WireJson.parse("[-1E+999999999, 1e-999999999]")).hasSize(2);
    }

    @Test
    void tellsWhereATextBreaksButNotTheTextItself() {
        assertThatThrownBy(() -> WireJson.parse("{\"password\": \"hunter2\", oops}"))
                .hasMessageContaining(" at byte ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void keepsItsMessagesShort() {
        assertThatThrownBy(() -> WireJson.parse("\"" + "x".repeat(10_000)))
                .message()
                .hasSizeLessThan(300);
        assertThatThrownBy(() -> WireJson.parse("{\"" + "k".repeat(10_000) + "\":1,\"" + "k".repeat(10_000) + "\":2}"))
                .message()
                .hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "\"\\udc00x\"", "\"\\ud83d\\ude00\""})
    void writesTextThatIsValidUnicodeWhateverWasEscaped(String text) throws MalformedJson {
        String written = WireJson.write(WireJson.parse(text));
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(written)).isTrue();
        assertThat(WireJson.parse(written)).isEqualTo(WireJson.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000022", "22000000", "00220000", "00002200", "0022", "2200", "feff0031", "fffe3100"})
    void readsNoEncodingButUtf8(String hex) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> WireJson.parse(bytes, 0, bytes.length)).isInstanceOf(MalformedJson.class);
    }

    /** RFC 8259 section 8.1 forbids senders to add one, and allows either to readers. */
    @ParameterizedTest
    @ValueSource(strings = {"\ufeff{}", "{}\ufeff", "{\ufeff}"})
    void refusesAByteOrderMark(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> WireJson.parse(utf8, 0, utf8.length)).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> WireJson.parse(text)).isInstanceOf(MalformedJson.class);
    }

    @Test
    void readsOnlyTheGivenRange() throws MalformedJson {
        byte[] bytes = "xx{\"a\":1}yy".getBytes(StandardCharsets.UTF_8);
        assertThat(WireJson.parse(bytes, 2, 7).path("a").intValue()).isEqualTo(1);
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }
}
