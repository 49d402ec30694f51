package io.exai.server.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client must declare to be asked for something. */
class InputRequestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "elicitation/create     | {}             | {}                                  | {\"elicitation\":{}}",
                "elicitation/create     | {}             | {\"sampling\":{}}                     | {\"elicitation\":{}}",
                "elicitation/create     | {}             | {\"elicitation\":{}}                  |",
                "elicitation/create     | {}             | {\"elicitation\":{\"form\":{}}}         |",
                "elicitation/create     | {}             | {\"elicitation\":{\"url\":{}}}          | {\"elicitation\":{\"form\":{}}}",
                "elicitation/create     | {\"mode\":\"url\"} | {\"elicitation\":{}}                  | {\"elicitation\":{\"url\":{}}}",
                "elicitation/create     | {\"mode\":\"url\"} | {}                                  | {\"elicitation\":{\"url\":{}}}",
                "elicitation/create     | {\"mode\":\"url\"} | {\"elicitation\":{\"url\":{},\"form\":{}}} |",
                "elicitation/create     | {}             | {\"elicitation\":true}                | {\"elicitation\":{}}",
                "sampling/createMessage | {}             | {\"elicitation\":{}}                  | {\"sampling\":{}}",
                "sampling/createMessage | {}             | {\"sampling\":{\"tools\":{}}}           |",
                "roots/list             | {}             | {\"roots\":{\"listChanged\":true}}      |",
                "roots/list             | {}             | {}                                  | {\"roots\":{}}"
            })
    void tellsWhatTheClientLacks(String method, String params, String capabilities, String missing) throws Exception {
        assertThat(new InputRequest(method, json(params))
                        .missing(json(capabilities))
                        .map(WireJson::write))
                .isEqualTo(Optional.ofNullable(missing));
    }

    private static ObjectNode json(String text) throws MalformedJson {
        return (ObjectNode) WireJson.parse(text);
    }
}
