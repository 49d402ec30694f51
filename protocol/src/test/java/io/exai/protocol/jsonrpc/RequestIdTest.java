package io.exai.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids as they stand on the wire. */
class RequestIdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "-1",
                "9223372036854775807",
                "9223372036854775808",
                "-99999999999999999999999999",
                "\"\"",
                "\"0\"",
                "\"server-discover-probe-1\"",
                "\"a\\\"b\\\\c\\n\"",
                "\"ü\"",
            })
    void keepsTheIdAsItStandsOnTheWire(String json) throws MalformedJson {
        assertThat(RequestId.of(WireJson.parse(json))).contains(new RequestId(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "1.5", "1.0", "1e2", "{}", "[]", "[1]"})
    void isAStringOrAnInteger(String json) throws MalformedJson {
        assertThat(RequestId.of(WireJson.parse(json))).isEmpty();
    }

    @Test
    void keepsNumberAndStringApart() throws MalformedJson {
        assertThat(RequestId.of(WireJson.parse("1"))).isNotEqualTo(RequestId.of(WireJson.parse("\"1\"")));
    }

    @ParameterizedTest
    @ValueSource(ints = {255, 256})
    void mayBeAsLongAsTheLimit(int length) throws MalformedJson {
        assertThat(RequestId.of(WireJson.parse("9".repeat(length)))).isPresent();
        assertThat(RequestId.of(WireJson.parse("\"" + "x".repeat(length - 2) + "\"")))
                .isPresent();
    }

    @Test
    void mayNotBeLonger() throws MalformedJson {
        assertThat(RequestId.of(WireJson.parse("9".repeat(257)))).isEmpty();
        assertThat(RequestId.of(WireJson.parse("\"" + "x".repeat(255) + "\""))).isEmpty();
    }

    @Test
    void showsItselfAsJson() {
        assertThat(new RequestId("\"a\"")).hasToString("\"a\"");
    }
}
