package io.exai.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.json.WireJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of right and wrong envelope. */
class EnvelopeReaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "7", "123456789012345678901234567890", "\"a\"", "\"\"", "\"0\""})
    void readsARequestOfEveryKindOfId(String id) {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}"))
                .isEqualTo(new Incoming.Request(new RequestId(id), "ping", WireJson.object()));
    }

    @Test
    void readsParams() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":1}}"))
                .isEqualTo(new Incoming.Request(
                        new RequestId("1"), "m", WireJson.object().put("a", 1)));
    }

    @Test
    void ignoresFieldsItDoesNotKnow() {
        assertThat(read("{\"x\":[],\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}"))
                .isInstanceOf(Incoming.Request.class);
    }

    @Test
    void readsANotification() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                .isEqualTo(new Incoming.Notification("notifications/initialized", WireJson.object()));
    }

    @Test
    void readsAResponse() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"))
                .isEqualTo(new Incoming.Response(new RequestId("1"), WireJson.object(), null));
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"error\":{}}"))
                .isEqualTo(new Incoming.Response(new RequestId("\"1\""), null, WireJson.object()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "[];                                              a batch (expected: one JSON object)",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}]; a batch (expected: one JSON object)",
                "7;                                               a JSON number (expected: one JSON object)",
                "null;                                            a JSON null (expected: one JSON object)",
                "\"x\";                                           a JSON string (expected: one JSON object)",
                "{};                                              jsonrpc: missing (expected: \"2.0\")",
                "{\"jsonrpc\":2.0,\"method\":\"m\"};     jsonrpc: 2.0 (expected: \"2.0\")",
                "{\"jsonrpc\":\"1.0\",\"method\":\"m\"}; jsonrpc: \"1.0\" (expected: \"2.0\")",
                "{\"jsonrpc\":\"2.0\",\"method\":7};              method: 7 (expected: a string of 1 to 256 characters)",
                "{\"jsonrpc\":\"2.0\",\"method\":\"\"};           method: \"\" (expected: a string of 1 to 256 characters)",
                "{\"jsonrpc\":\"2.0\",\"method\":null};           method: null (expected: a string of 1 to 256 characters)",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"m\"}; id: null (expected: a string or an integer)",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"m\"};  id: 1.5 (expected: a string or an integer)",
                "{\"jsonrpc\":\"2.0\",\"id\":{\"a\":1},\"method\":\"m\"}; id: {\"a\":1} (expected: a string or an integer)",
                "{\"jsonrpc\":\"2.0\",\"id\":[],\"method\":\"m\"};   id: [] (expected: a string or an integer)",
                "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"m\"}; id: true (expected: a string or an integer)",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":[]};   params: [] (expected: an object)",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":null}; params: null (expected: an object)",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":\"x\"}; params: \"x\" (expected: an object)",
            })
    void namesWhatIsWrongInAnEnvelope(String text, String problem) {
        assertThat(read(text))
                .isEqualTo(new Incoming.Malformed(
                        null, RpcError.of(RpcError.INVALID_REQUEST, "Invalid request: " + problem)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":4}",
                "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":1,\"error\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"m\",\"params\":[1]}",
                "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":{}}",
                "{\"id\":4,\"method\":\"m\"}",
            })
    void answersAWrongEnvelopeUnderItsIdWhereThereIsOne(String text) {
        assertThat(read(text)).isInstanceOfSatisfying(Incoming.Malformed.class, malformed -> {
            assertThat(malformed.id()).isEqualTo(new RequestId("4"));
            assertThat(malformed.error().code()).isEqualTo(RpcError.INVALID_REQUEST);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"jsonrpc\":\"2.0\"", "{}{}", "{\"id\":1,\"id\":2}", "\u0000"})
    void answersWhatIsNotJsonWithAParseError(String text) {
        assertThat(read(text)).isInstanceOfSatisfying(Incoming.Malformed.class, malformed -> {
            assertThat(malformed.id()).isNull();
            assertThat(malformed.error().code()).isEqualTo(RpcError.PARSE_ERROR);
            assertThat(malformed.error().message()).startsWith("Parse error: ");
        });
    }

    @Test
    void acceptsMethodsOf256CharactersAndNoLongerOnes() {
        String method = "m".repeat(256);
        assertThat(read("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}"))
                .isEqualTo(new Incoming.Notification(method, WireJson.object()));
        assertThat(read("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "m\"}")).isInstanceOf(Incoming.Malformed.class);
    }

    @Test
    void showsOnlyTheBeginningOfALongValue() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":\"" + "x".repeat(1000) + "\"}"))
                .isInstanceOfSatisfying(
                        Incoming.Malformed.class,
                        malformed -> assertThat(malformed.error().message()).hasSizeLessThan(150));
    }

    private static Incoming read(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return EnvelopeReader.read(utf8, 0, utf8.length);
    }
}
