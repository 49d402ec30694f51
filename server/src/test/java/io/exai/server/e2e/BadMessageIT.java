package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.WireJson;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong message is answered with an error that names what is wrong, and the connection lives on. */
@Timeout(60)
class BadMessageIT {
    private static final String MODERN = "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"";

    @RegisterExtension
    private static final Stand STAND = Stand.of(Map.of());

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("{", -32700),
                Arguments.of(" ", -32700),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"", -32700),
                Arguments.of(request("ping", "{}") + "x", -32700),
                Arguments.of("{'jsonrpc':'2.0'}", -32700),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":NaN,\"method\":\"ping\"}", -32700),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}", -32700),
                Arguments.of(request("ping", "[".repeat(10_000)), -32700),
                Arguments.of(request("ping", "{\"a\":".repeat(10_000)), -32700),
                Arguments.of(request("ping", "{\"n\":" + "9".repeat(1001) + "}"), -32700),
                Arguments.of("1", -32600),
                Arguments.of("null", -32600),
                Arguments.of("[]", -32600),
                Arguments.of("[" + request("ping", "{}") + "]", -32600),
                Arguments.of("{}", -32600),
                Arguments.of("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", -32600),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", -32600),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}", -32600),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", -32600),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":1e400,\"method\":\"ping\"}", -32600),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", -32600),
                Arguments.of(request("ping", "[]"), -32600),
                Arguments.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}", -32600),
                Arguments.of(request("no/such", "{}"), -32601),
                Arguments.of(request("server/discover", "{}"), -32602),
                Arguments.of(request("initialize", "{}"), -32602),
                Arguments.of(request("tools/list", "{\"_meta\":{" + MODERN + "}}"), -32602),
                Arguments.of(modern("initialize", "2026-07-28"), -32601),
                Arguments.of(modern("ping", "2026-07-28"), -32601),
                Arguments.of(modern("tools/list", "2099-01-01"), -32022),
                Arguments.of(modern("tools/list", "2025-11-25"), -32022),
                Arguments.of(request("tools/list", "{\"cursor\":\"x\"}"), -32602),
                Arguments.of(request("tools/call", "{}"), -32602),
                Arguments.of(request("tools/call", "{\"name\":7}"), -32602),
                Arguments.of(request("tools/call", "{\"name\":\"chat\",\"arguments\":[]}"), -32602),
                Arguments.of(request("tools/call", "{\"name\":\"chatt\"}"), -32602),
                Arguments.of(request("tools/call", "{\"name\":\"version\",\"_meta\":{\"progressToken\":{}}}"), -32602));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void answersTheCodeOfTheMistakeAndLivesOn(String message, int code) throws Exception {
        try (RawClient client = RawClient.connect(STAND.port())) {
            client.ask(Messages.initialize(0));
            client.text(message);
            assertThat(Messages.errorCode(client.next())).isEqualTo(code);
            Probes.assertLives(client);
        }
        Probes.assertServes(STAND.daemon());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/list", "tools/call"})
    void answersAtOnceBeforeInitialize(String method) throws Exception {
        try (RawClient client = RawClient.connect(STAND.port())) {
            assertThat(Messages.errorCode(client.ask(Messages.request(1, method))))
                    .isEqualTo(-32602);
            client.ask(Messages.initialize(2));
            Probes.assertLives(client);
        }
    }

    static Stream<Arguments> wrongArguments() {
        return Stream.of(
                Arguments.of("{}", "prompt"),
                Arguments.of("{\"prompt\":7}", "prompt"),
                Arguments.of("{\"prompt\":\"\"}", "prompt"),
                Arguments.of("{\"prompt\":\"x\",\"temperature\":3}", "temperature"),
                Arguments.of("{\"prompt\":\"x\",\"temperature\":1e308}", "temperature"),
                Arguments.of("{\"prompt\":\"x\",\"tempereture\":1}", "temperature"),
                Arguments.of("{\"prompt\":\"x\",\"model\":\"no-such-model\"}", "no-such-model"));
    }

    @ParameterizedTest
    @MethodSource("wrongArguments")
    void answersWrongArgumentsWithAToolErrorThatNamesThem(String arguments, String named) throws Exception {
        try (RawClient client = RawClient.connect(STAND.port())) {
            client.ask(Messages.initialize(0));
            client.text(request("tools/call", "{\"name\":\"chat\",\"arguments\":" + arguments + "}"));
            JsonNode answer = client.answer(1);
            assertThat(answer.path("result").path("isError").asBoolean()).isTrue();
            assertThat(Messages.text(answer))
                    .startsWith("VALIDATION_ERROR")
                    .contains(named)
                    .contains("expected");
            Probes.assertLives(client);
        }
    }

    @Test
    void suggestsTheNearestTool() throws Exception {
        try (RawClient client = RawClient.connect(STAND.port())) {
            client.ask(Messages.initialize(0));
            JsonNode answer = client.ask(Messages.call(1, "chatt", WireJson.object()));
            assertThat(answer.path("error").path("message").asText()).contains("chat");
        }
    }

    private static String request(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private static String modern(String method, String revision) {
        return request(
                method,
                "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + revision
                        + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}}");
    }
}
