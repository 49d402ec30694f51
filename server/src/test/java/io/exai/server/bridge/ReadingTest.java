package io.exai.server.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.jsonrpc.RpcError;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bridge takes a message for. */
class ReadingTest {
    private static final String LARGE = "x".repeat((10 << 20) + 1);

    @ParameterizedTest
    @ValueSource(strings = {"{", "not json", "{\"a\":1}{\"a\":2}", "{\"a\":1,\"a\":2}", " "})
    void tellsWhatIsNotJson(String line) {
        assertThat(Reading.of(bytes(line)))
                .isInstanceOfSatisfying(
                        Incoming.Malformed.class,
                        bad -> assertThat(bad.error().code()).isEqualTo(RpcError.PARSE_ERROR));
    }

    @Test
    void tellsWhatIsNotUtf8() {
        byte[] surrogate = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
        assertThat(Reading.of(surrogate))
                .isInstanceOfSatisfying(
                        Incoming.Malformed.class,
                        bad -> assertThat(bad.error().code()).isEqualTo(RpcError.PARSE_ERROR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", "1", "null"})
    void leavesOtherJsonToTheDaemon(String line) {
        assertThat(Reading.of(bytes(line))).isInstanceOfSatisfying(Incoming.Malformed.class, other -> {
            assertThat(other.error().code()).isEqualTo(RpcError.INVALID_REQUEST);
            assertThat(other.id()).isNull();
        });
    }

    @Test
    void readsOnlyTheEnvelopeOfALargeMessage() {
        String request = "{\"method\":\"tools/call\",\"params\":{\"id\":5,\"text\":\"" + LARGE
                + "\"},\"jsonrpc\":\"2.0\",\"id\":\"seven\"}";
        assertThat(Reading.of(bytes(request)))
                .isInstanceOfSatisfying(
                        Incoming.Request.class,
                        read -> assertThat(read.id().json()).isEqualTo("\"seven\""));
        String answer = "{\"id\":7,\"result\":\"" + LARGE + "\"}";
        assertThat(Reading.of(bytes(answer)))
                .isInstanceOfSatisfying(
                        Incoming.Response.class,
                        read -> assertThat(read.id().json()).isEqualTo("7"));
        String note = "{\"method\":\"notifications/x\",\"params\":{\"text\":\"" + LARGE + "\"}}";
        assertThat(Reading.of(bytes(note))).isInstanceOf(Incoming.Notification.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"a\",\"par | xxx                          | 7",
                "{\"id\":\"s\",\"par                                  | xxx                          | \"s\"",
                "{\"method\":\"a\",\"params\":{\"x                    | xx\"},\"jsonrpc\":\"2.0\",\"id\":8} | 8",
                "{\"method\":\"a\",\"params\":{\"x                    | xx\"},\"id\" : \"b\" }       | \"b\"",
                "{\"method\":\"a\",\"params\":{\"x                    | xx\",\"id\":8}}              | none",
                "{\"method\":\"a\",\"params\":{\"id\":9,\"x           | xx\"}}                       | none",
                "{\"method\":\"a\",\"params\":{\"x                    | xx\",\"id\":null}            | none",
            })
    void findsTheIdAtEitherEndOfALongLine(String head, String tail, String expected) {
        String id = Reading.id(new Line.TooLong(99, bytes(head), bytes(tail)))
                .map(RequestId::json)
                .orElse("none");
        assertThat(id).isEqualTo(expected);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
