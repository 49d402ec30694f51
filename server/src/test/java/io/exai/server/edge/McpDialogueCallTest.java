package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import io.exai.server.session.ToolRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of requests, calls and answers, in both eras. */
class McpDialogueCallTest {
    private static final String MODERN = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{},"
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"m\",\"version\":\"2\"}}";

    private final ScriptedClient client = ScriptedClient.initialized("2025-06-18");

    @Test
    void handsACallToItsSession() {
        client.calls("\"a\"", ",\"_meta\":{\"progressToken\":0}");
        assertThat(client.told())
                .containsExactly(new SessionCommand.CallTool(
                        ScriptedClient.CONNECTION,
                        new ToolRequest("\"a\"", "chat", "{\"prompt\":\"hi\"}", "0", "2025-06-18", null, null),
                        client.self()));
        assertThat(client.wire().sent()).isEmpty();
        assertThat(client.dialogue().isWaiting()).isTrue();
    }

    @Test
    void opensASessionForTheFirstModernCallAndHandsItOverThen() {
        ScriptedClient modern = ScriptedClient.fresh();
        modern.calls("0", "," + MODERN);
        assertThat(modern.told())
                .containsExactly(new SessionCommand.Attach(
                        ScriptedClient.CONNECTION,
                        ScriptedClient.PRINCIPAL,
                        "m 2",
                        "2026-07-28",
                        null,
                        true,
                        modern.self()));
        assertThat(modern.dialogue().isReady()).isFalse();
        modern.granted(false);
        modern.calls("1", "," + MODERN);
        assertThat(modern.told())
                .extracting(
                        command -> ((SessionCommand.CallTool) command).request().requestId())
                .containsExactly("0", "1");
    }

    @Test
    void answersAModernCallWhoseSessionIsRefused() {
        ScriptedClient modern = ScriptedClient.fresh();
        modern.calls("5", "," + MODERN);
        modern.dialogue().heard(new ToClient.AttachRefused(ToClient.Refusal.TOO_MANY_SESSIONS));
        assertThat(modern.answer().path("id").asInt()).isEqualTo(5);
        assertThat(modern.dialogue().isReady()).isTrue();
        assertThat(modern.dialogue().isWaiting()).isFalse();
    }

    @Test
    void carriesBothErasOnOneConnection() {
        client.calls("1", "," + MODERN);
        client.calls("2", "");
        assertThat(client.told())
                .extracting(
                        command -> ((SessionCommand.CallTool) command).request().revision())
                .containsExactly("2026-07-28", "2025-06-18");
    }

    @Test
    void answersDiscoverAndListsWithoutASession() {
        ScriptedClient modern = ScriptedClient.fresh();
        modern.requests("\"server-discover-probe-1\"", "server/discover", "{" + MODERN + "}");
        assertThat(modern.answer().path("result").path("supportedVersions").toString())
                .isEqualTo("[\"2026-07-28\"]");
        modern.requests("0", "tools/list", "{" + MODERN + "}");
        assertThat(modern.answer().path("result").path("tools")).hasSizeGreaterThan(3);
        modern.requests("1", "ping", "{}");
        assertThat(modern.answer().path("result").isObject()).isTrue();
        assertThat(modern.told()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tools/call, -32602",
        "tools/list, -32602",
        "prompts/list, -32602",
        "nonsense/list, -32601",
        "server/discover, -32602"
    })
    void answersALegacyRequestBeforeInitializeAtOnce(String method, int code) {
        ScriptedClient early = ScriptedClient.fresh();
        early.requests("1", method, "{\"name\":\"chat\"}");
        assertThat(early.errorCode()).isEqualTo(code);
        assertThat(early.told()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{};                                    name: missing (expected: the name of a tool)",
                "{\"name\":7};                          name: 7 (expected: the name of a tool)",
                "{\"name\":\"chatt\"};                  Unknown tool: chatt (did you mean chat?)",
                "{\"name\":\"chat\",\"arguments\":[]};  arguments: [] (expected: an object)",
                "{\"name\":\"chat\",\"arguments\":null}; arguments: null (expected: an object)",
                "{\"name\":\"chat\",\"_meta\":{\"progressToken\":1.5}}; _meta.progressToken: 1.5 (expected: a string or an integer)",
            })
    void namesWhatIsWrongWithACall(String params, String problem) {
        client.requests("3", "tools/call", params);
        JsonNode error = client.answer().path("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32602);
        assertThat(error.path("message").asText()).isEqualTo(problem);
        assertThat(client.told()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{};                                      prompt: missing (expected: type string)",
                "{\"prompt\":\"\"};                       prompt: \"\" (expected: at least 1 characters)",
                "{\"prompt\":\"x\",\"temperature\":2};    temperature: 2 (expected: at most 1)",
                "{\"prompt\":\"x\",\"promt\":1};          promt: not an argument of chat (expected: did you mean prompt?)",
            })
    void tellsTheModelWhatIsWrongWithItsArguments(String arguments, String problem) {
        client.requests("3", "tools/call", "{\"name\":\"chat\",\"arguments\":" + arguments + "}");
        JsonNode result = client.answer().path("result");
        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.path("content").get(0).path("text").asText()).isEqualTo("VALIDATION_ERROR: " + problem);
        assertThat(client.told()).isEmpty();
        assertThat(client.dialogue().isWaiting()).isFalse();
    }

    @Test
    void tellsTheModelThatAModelIsUnknown() {
        client.requests(
                "3",
                "tools/call",
                "{\"name\":\"chat\",\"arguments\":{\"prompt\":\"x\",\"model\":\"qqqqqqqqqqqqqqqq\"}}");
        assertThat(client.answer().path("result").path("content").toString())
                .contains("model: qqqqqqqqqqqqqqqq (expected: one of auto, ");
    }

    @Test
    void takesACallAsLargeAsTheLimitAndRefusesALargerOneUnderItsId() {
        String begin = "{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"tools/call\",\"params\":{\"name\":\"chat\","
                + "\"arguments\":{\"prompt\":\"";
        String end = "\"}}}";
        String fill = "x".repeat(ScriptedClient.CALL_LIMIT - begin.length() - end.length());
        client.says(begin + fill + end);
        assertThat(client.told()).hasSize(1);
        client.says(begin + fill + "x" + end);
        JsonNode answer = client.answer();
        assertThat(answer.path("id").asInt()).isEqualTo(8);
        assertThat(answer.path("error").path("code").asInt()).isEqualTo(-32600);
        assertThat(answer.path("error").path("message").asText())
                .isEqualTo("Request too large: 2001 bytes (expected: at most 2000)");
        assertThat(client.told()).isEmpty();
        assertThat(client.wire().closings()).isEmpty();
    }

    @Test
    void answersWhatAToolReportsWithoutTheSession() {
        client.requests("3", "tools/call", "{\"name\":\"version\",\"arguments\":{}}");
        JsonNode result = client.answer().path("result");
        assertThat(result.path("structuredContent").path("version").asText()).isEqualTo("1.2.3");
        assertThat(client.told()).isEmpty();
        assertThat(client.dialogue().isWaiting()).isFalse();
    }

    @Test
    void answersAReportThatFailsWithAnError() {
        client.requests("3", "tools/call", "{\"name\":\"status\",\"arguments\":{}}");
        JsonNode result = client.answer().path("result");
        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.path("content").get(0).path("text").asText()).startsWith("TOOL_EXECUTION_ERROR: ");
    }

    @Test
    void refusesACursorForAListOfOnePage() {
        client.requests("1", "tools/list", "{\"cursor\":\"x\"}");
        assertThat(client.errorCode()).isEqualTo(-32602);
    }
}
