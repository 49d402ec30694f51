package io.exai.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be told of a message without reading it whole. */
class EnvelopePeekTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "0, tools/call",
                "-7, tools/call",
                "99999999999999999999, ping",
                "\"a b\", tools/call",
                "\"\", x",
            })
    void findsIdAndMethodInAnyOrder(String id, String method) {
        EnvelopePeek expected = new EnvelopePeek(new RequestId(id), method);
        String params = "\"params\":{\"id\":5,\"method\":\"no\",\"deep\":[[{\"id\":6}]]}";
        String idField = "\"id\":" + id;
        String methodField = "\"method\":\"" + method + "\"";
        assertThat(peek("{" + idField + "," + methodField + "," + params + "}")).isEqualTo(expected);
        assertThat(peek("{" + params + "," + methodField + "," + idField + "}")).isEqualTo(expected);
        assertThat(peek("{" + methodField + ",\"jsonrpc\":\"2.0\"," + idField + "," + params + "}"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1.5", "{}", "[1]", "true"})
    void leavesOutAnIdOfTheWrongKind(String id) {
        assertThat(peek("{\"id\":" + id + ",\"method\":\"ping\"}")).isEqualTo(new EnvelopePeek(null, "ping"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "[{\"id\":1}]", "7", "\"id\"", "nonsense", "{"})
    void findsNothingInWhatIsNoObject(String text) {
        assertThat(peek(text)).isEqualTo(new EnvelopePeek(null, null));
    }

    @Test
    void keepsWhatItFoundBeforeTheTextBreaks() {
        assertThat(peek("{\"id\":3,\"method\":\"tools/call\",\"params\":{\"x\":"))
                .isEqualTo(new EnvelopePeek(new RequestId("3"), "tools/call"));
    }

    @Test
    void leavesOutAnIdThatIsTooLong() {
        assertThat(peek("{\"id\":\"" + "x".repeat(300) + "\",\"method\":\"m\"}"))
                .isEqualTo(new EnvelopePeek(null, "m"));
    }

    @Test
    void findsTheIdBehindALargeArgument() {
        assertThat(peek("{\"params\":{\"prompt\":\"" + "x".repeat(200_000) + "\"},\"id\":9}"))
                .isEqualTo(new EnvelopePeek(new RequestId("9"), null));
    }

    private static EnvelopePeek peek(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return EnvelopePeek.of(utf8, 0, utf8.length);
    }
}
