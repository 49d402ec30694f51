package io.exai.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rows of the classifier, in its order.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning">MCP 2026-07-28,
 *     versioning</a>
 */
class EraClassifierTest {
    private static final String MODERN = "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}";

    /** Method, then what each situation is answered with: L, M, H or an error code. */
    @ParameterizedTest
    @CsvSource({
        // method, plain before initialize, plain after initialize, with modern _meta
        "initialize,                H,      H,      -32601",
        "ping,                      L,      L,      -32601",
        "tools/list,                -32602, L,      M",
        "tools/call,                -32602, L,      M",
        "server/discover,           -32602, -32602, M",
        "resources/subscribe,       -32602, L,      -32601",
        "resources/unsubscribe,     -32602, L,      -32601",
        "resources/list,            -32602, L,      M",
        "resources/templates/list,  -32602, L,      M",
        "resources/read,            -32602, L,      M",
        "prompts/list,              -32602, L,      M",
        "prompts/get,               -32602, L,      M",
        "logging/setLevel,          -32602, L,      -32601",
        "completion/complete,       -32602, L,      M",
        "tasks/get,                 -32602, L,      M",
        "tasks/result,              -32602, L,      -32601",
        "tasks/list,                -32602, L,      -32601",
        "tasks/cancel,              -32602, L,      M",
        "tasks/update,              -32601, -32601, M",
        "subscriptions/listen,      -32601, -32601, M",
        "sampling/createMessage,    -32601, -32601, -32601",
        "notifications/initialized, -32601, -32601, -32601",
        "Tools/List,                -32601, -32601, -32601",
        "nonsense,                  -32601, -32601, -32601",
    })
    void classifiesEachMethod(String method, String before, String after, String modern) {
        assertThat(outcome(method, "{}", null)).as("before initialize").isEqualTo(before);
        assertThat(outcome(method, "{}", Revision.R2025_11_25)).as("after").isEqualTo(after);
        assertThat(outcome(method, MODERN, null)).as("modern, before").isEqualTo(modern);
        assertThat(outcome(method, MODERN, Revision.R2024_11_05))
                .as("modern, after")
                .isEqualTo(modern);
    }

    @ParameterizedTest
    @EnumSource(
            value = Revision.class,
            names = {"R2024_11_05", "R2025_03_26", "R2025_06_18", "R2025_11_25"})
    void keepsTheRevisionOfTheHandshake(Revision negotiated) {
        assertThat(EraClassifier.classify("tools/list", WireJson.object(), negotiated))
                .isEqualTo(new Dialect.Legacy(negotiated));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, tasks/get,            -32601",
        "2025-03-26, tasks/list,           -32601",
        "2025-06-18, tasks/result,         -32601",
        "2025-11-25, tasks/result,         L",
        "2024-11-05, completion/complete,  L",
        "2025-11-25, subscriptions/listen, -32601",
    })
    void knowsTheMethodsOfTheRevisionOfTheHandshake(String revision, String method, String expected) {
        assertThat(outcome(method, "{}", Revision.of(revision).orElseThrow())).isEqualTo(expected);
    }

    @Test
    void handsOverTheCapabilitiesOfAModernRequest() {
        ObjectNode params = params("{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}}}}");
        ObjectNode capabilities = WireJson.object();
        capabilities.putObject("elicitation");
        assertThat(EraClassifier.classify("tools/call", params, null))
                .isEqualTo(new Dialect.Modern(Revision.R2026_07_28, capabilities));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}",
                "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientCapabilities\":[]}}",
                "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":7,"
                        + "\"io.modelcontextprotocol/clientCapabilities\":{}}}",
                "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":null}}",
                // required fields are checked before the revision
                "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"1999-01-01\"}}",
            })
    void asksForTheRequiredMetaOfAModernRequest(String params) {
        for (String method : new String[] {"tools/call", "server/discover", "nonsense", "initialize"}) {
            assertThat(outcome(method, params, null)).isEqualTo("-32602");
            assertThat(outcome(method, params, Revision.R2025_11_25)).isEqualTo("-32602");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"_meta\":{}}", "{\"_meta\":null}", "{\"_meta\":[]}", "{\"_meta\":\"x\"}"})
    void asksADiscoverForItsMeta(String params) {
        assertThat(outcome("server/discover", params, null)).isEqualTo("-32602");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"_meta\":{}}", "{\"_meta\":null}", "{\"_meta\":[1]}", "{\"_meta\":\"x\"}"})
    void readsAMetaWithoutRevisionAsLegacy(String params) {
        assertThat(outcome("tools/list", params, Revision.R2025_06_18)).isEqualTo("L");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999-01-01", "2025-11-25", "2024-11-05", "draft", "", "2026-07-28 "})
    void tellsWhichRevisionsItSpeaksWhenAskedForAnother(String asked) {
        ObjectNode params = params("{\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{}}}");
        ((ObjectNode) params.get("_meta")).put(Meta.PROTOCOL_VERSION, asked);
        for (String method : new String[] {"tools/call", "server/discover", "nonsense"}) {
            assertThat(EraClassifier.classify(method, params, null))
                    .isInstanceOfSatisfying(Dialect.Rejected.class, rejected -> {
                        assertThat(rejected.error().code()).isEqualTo(RpcError.UNSUPPORTED_PROTOCOL_VERSION);
                        assertThat(String.valueOf(rejected.error().data()))
                                .contains("\"supported\":[\"2026-07-28\"")
                                .endsWith("\"requested\":\"" + asked + "\"}");
                    });
        }
    }

    @Test
    void saysHowToBeginWhenNothingWasNegotiated() {
        assertThat(EraClassifier.classify("tools/list", WireJson.object(), null))
                .isInstanceOfSatisfying(
                        Dialect.Rejected.class,
                        rejected -> assertThat(rejected.error().message())
                                .contains("Not initialized: tools/list")
                                .contains("initialize first"));
    }

    private static String outcome(String method, String params, @Nullable Revision negotiated) {
        Dialect dialect = EraClassifier.classify(method, params(params), negotiated);
        if (dialect instanceof Dialect.Rejected rejected) {
            return String.valueOf(rejected.error().code());
        }
        return dialect.getClass().getSimpleName().substring(0, 1);
    }

    private static ObjectNode params(String json) {
        try {
            return (ObjectNode) WireJson.parse(json);
        } catch (MalformedJson broken) {
            throw new AssertionError(broken);
        }
    }
}
