package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests, calls and answers, in both eras. */
class McpDialogueCallTest {
    private static final String MODERN = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{},"
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"m\",\"version\":\"2\"}}";

    private final TestDialogue client = TestDialogue.initialized("2025-06-18");

    @Test
    void handsACallToItsSession() {
        client.calls("\"a\"", ",\"_meta\":{\"progressToken\":0}");
        assertThat(client.told())
                .containsExactly(new SessionCommand.CallTool(
                        TestDialogue.CONNECTION,
                        "\"a\"",
                        "chat",
                        "{\"prompt\":\"hi\"}",
                        "0",
                        "2025-06-18",
                        client.self()));
        assertThat(client.wire().sent()).isEmpty();
        assertThat(client.dialogue().isWaiting()).isTrue();
    }

    @Test
    void opensASessionForTheFirstModernCallAndHandsItOverThen() {
        TestDialogue modern = TestDialogue.fresh();
        modern.calls("0", "," + MODERN);
        assertThat(modern.told())
                .containsExactly(new SessionCommand.Attach(
                        TestDialogue.CONNECTION, TestDialogue.PRINCIPAL, "m 2", "2026-07-28", true, modern.self()));
        assertThat(modern.dialogue().isReady()).isFalse();
        modern.granted(false);
        modern.calls("1", "," + MODERN);
        assertThat(modern.told())
                .extracting(command -> ((SessionCommand.CallTool) command).requestId())
                .containsExactly("0", "1");
    }

    @Test
    void answersAModernCallWhoseSessionIsRefused() {
        TestDialogue modern = TestDialogue.fresh();
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
                .extracting(command -> ((SessionCommand.CallTool) command).revision())
                .containsExactly("2026-07-28", "2025-06-18");
    }

    @Test
    void answersDiscoverAndListsWithoutASession() {
        TestDialogue modern = TestDialogue.fresh();
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
    @CsvSource({"tools/call, -32602", "tools/list, -32602", "prompts/list, -32601", "server/discover, -32602"})
    void answersALegacyRequestBeforeInitializeAtOnce(String method, int code) {
        TestDialogue early = TestDialogue.fresh();
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
        String fill = "x".repeat(TestDialogue.CALL_LIMIT - begin.length() - end.length());
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
    void cancelsACallAndWaitsForItNoLonger() {
        client.calls("4", "");
        client.told();
        client.says("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":4,"
                + "\"reason\":\"enough\"}}");
        assertThat(client.told())
                .containsExactly(new SessionCommand.CancelCall(TestDialogue.CONNECTION, "4", "enough"));
        assertThat(client.dialogue().isWaiting()).isFalse();
        assertThat(client.wire().sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":null}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/nonsense\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
            })
    void passesOverWhatNeedsNoAnswer(String message) {
        client.says(message);
        assertThat(client.wire().sent()).isEmpty();
        assertThat(client.told()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {"nonsense; -32700", "[]; -32600", "{}; -32600"})
    void answersWhatIsNoMessageAndLivesOn(String text, int code) {
        client.says(text);
        assertThat(client.errorCode()).isEqualTo(code);
        assertThat(client.wire().closings()).isEmpty();
        assertThat(client.dialogue().isReady()).isTrue();
    }

    @Test
    void readsNoMoreWhile256CallsAreUnanswered() {
        for (int i = 0; i < 255; i++) {
            client.calls(String.valueOf(i), "");
        }
        assertThat(client.dialogue().isReady()).isTrue();
        client.calls("255", "");
        assertThat(client.dialogue().isReady()).isFalse();
        client.dialogue().heard(new ToClient.Answered("17", "2025-06-18", 0, "{}", 1, false));
        assertThat(client.dialogue().isReady()).isTrue();
    }

    @Test
    void refusesACursorForAListOfOnePage() {
        client.requests("1", "tools/list", "{\"cursor\":\"x\"}");
        assertThat(client.errorCode()).isEqualTo(-32602);
    }

    @Test
    void answersAnIdThatIsALoneSurrogate() {
        client.requests("\"\\ud800\"", "ping", "{}");
        assertThat(client.answer().path("id").asText()).isEqualTo("\ud800");
    }

    @Test
    void passesAnAnswerOnAndAsksWhetherItArrived() {
        client.calls("1", "");
        client.dialogue().heard(new ToClient.Answered("1", "2025-06-18", 9, "{\"content\":[]}", 2, true));
        JsonNode answer = client.answer();
        assertThat(answer.path("id").asInt()).isEqualTo(1);
        assertThat(answer.path("result").path("_meta").toString())
                .isEqualTo("{\"io.exai/attempts\":2,\"io.exai/redelivered\":true}");
        assertThat(client.wire().toConfirm()).containsExactly(9L);
        assertThat(client.dialogue().isWaiting()).isFalse();
    }

    @Test
    void asksNothingAboutAnAnswerThatIsNotKept() {
        client.dialogue().heard(new ToClient.Answered("1", "2025-06-18", 0, "{\"content\":[]}", 1, false));
        assertThat(client.answer().path("result").has("_meta")).isFalse();
        assertThat(client.wire().toConfirm()).isEmpty();
    }

    @Test
    void answersForASessionWhoseAnswerCannotBeReadBack() {
        client.dialogue().heard(new ToClient.Answered("1", "2025-06-18", 3, "broken", 1, false));
        assertThat(client.errorCode()).isEqualTo(-32603);
    }

    @Test
    void mayDropProgressAndNothingElse() {
        client.dialogue().heard(new ToClient.Progressed("\"t\"", "2025-06-18", 3, "text"));
        assertThat(client.wire().sent()).isEmpty();
        assertThat(client.wire().sentIfIdle()).singleElement().satisfies(progress -> {
            assertThat(progress.path("method").asText()).isEqualTo("notifications/progress");
            assertThat(progress.path("params").path("message").asText()).isEqualTo("text");
        });
    }

    @Test
    void passesARejectionOn() {
        client.calls("1", "");
        client.dialogue().heard(new ToClient.Rejected("1", "id in use", false));
        JsonNode answer = client.answer();
        assertThat(answer.path("error").path("code").asInt()).isEqualTo(-32600);
        assertThat(answer.path("error").path("message").asText()).isEqualTo("id in use");
        assertThat(client.dialogue().isWaiting()).isFalse();
    }

    @Test
    void asksForAnInitializeWhenTheSessionIsGone() {
        client.calls("1", "");
        client.dialogue().heard(new ToClient.Rejected("1", "gone", true));
        assertThat(client.errorCode()).isEqualTo(-32001);
        client.told();
        client.calls("2", "");
        assertThat(client.errorCode()).isEqualTo(-32602);
        assertThat(client.told()).isEmpty();
    }
}
