package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client hears of its calls, and what it can say about them. */
class McpDialogueAnswerTest {
    private final ScriptedClient client = ScriptedClient.initialized("2025-06-18");

    @Test
    void cancelsACallAndWaitsForItNoLonger() {
        client.calls("4", "");
        client.told();
        client.says("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":4,"
                + "\"reason\":\"enough\"}}");
        assertThat(client.told())
                .containsExactly(new SessionCommand.CancelCall(ScriptedClient.CONNECTION, "4", "enough"));
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
            })
    void passesOverWhatNeedsNoAnswer(String message) {
        client.says(message);
        assertThat(client.wire().sent()).isEmpty();
        assertThat(client.told()).isEmpty();
    }

    @Test
    void passesTheAnswersOfTheClientOn() {
        client.told();
        client.says("{\"jsonrpc\":\"2.0\",\"id\":\"exai-1\",\"result\":{\"action\":\"accept\"}}");
        assertThat(client.told())
                .containsExactly(new SessionCommand.Respond(
                        ScriptedClient.PRINCIPAL, "\"exai-1\"", "{\"action\":\"accept\"}", null));
        assertThat(client.wire().sent()).isEmpty();
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
        client.dialogue().heard(new ToClient.Answered("17", "2025-06-18", 0, "{}", false, 1, false));
        assertThat(client.dialogue().isReady()).isTrue();
    }

    @Test
    void answersAnIdThatIsALoneSurrogate() {
        client.requests("\"\\ud800\"", "ping", "{}");
        assertThat(client.answer().path("id").asText()).isEqualTo("\ud800");
    }

    @Test
    void passesAnAnswerOnAndAsksWhetherItArrived() {
        client.calls("1", "");
        client.dialogue().heard(new ToClient.Answered("1", "2025-06-18", 9, "{\"content\":[]}", false, 2, true));
        JsonNode answer = client.answer();
        assertThat(answer.path("id").asInt()).isEqualTo(1);
        assertThat(answer.path("result").path("_meta").toString())
                .isEqualTo("{\"io.exai/attempts\":2,\"io.exai/redelivered\":true}");
        assertThat(client.wire().toConfirm()).containsExactly(9L);
        assertThat(client.dialogue().isWaiting()).isFalse();
    }

    @Test
    void givesNoSecondAnswerToARequestThatCrossedItsRedeliveredOne() {
        ScriptedClient back = comeBack();
        back.dialogue().heard(redelivered("7", 3));
        assertThat(back.answer().path("id").asInt()).isEqualTo(7);

        back.calls("7", "");
        assertThat(back.dialogue().isWaiting()).isTrue();
        back.dialogue().heard(redelivered("7", 3));

        assertThat(back.wire().sent()).isEmpty();
        assertThat(back.dialogue().isWaiting()).isFalse();
        assertThat(back.wire().toConfirm()).containsExactly(3L, 3L);
    }

    @Test
    void passesOnAnAnswerOfTheSameIdThatIsAnother() {
        ScriptedClient back = comeBack();
        back.dialogue().heard(redelivered("7", 3));
        back.answer();

        back.calls("7", "");
        back.dialogue().heard(new ToClient.Answered("7", "2025-06-18", 4, "{\"content\":[]}", false, 1, false));

        assertThat(back.answer().path("id").asInt()).isEqualTo(7);
        assertThat(back.dialogue().isWaiting()).isFalse();
    }

    @Test
    void answersARepeatedRequestThatComesBeforeTheRedeliveryOnce() {
        ScriptedClient back = comeBack();
        back.calls("7", "");
        back.dialogue().heard(redelivered("7", 3));
        assertThat(back.answer().path("id").asInt()).isEqualTo(7);

        back.dialogue().heard(redelivered("7", 3));

        assertThat(back.wire().sent()).isEmpty();
    }

    @Test
    void answersAClientThatIntroducedItselfWhateverWasDelivered() {
        ScriptedClient back = ScriptedClient.resuming();
        back.granted(true);
        back.initialize("0", "2025-06-18", "");
        back.granted(true);
        back.dialogue().heard(redelivered("7", 3));
        back.take();

        back.calls("7", "");
        back.dialogue().heard(redelivered("7", 3));

        assertThat(back.answer().path("id").asInt()).isEqualTo(7);
    }

    private static ScriptedClient comeBack() {
        ScriptedClient back = ScriptedClient.resuming();
        back.dialogue().heard(new ToClient.Attached(true, "2025-06-18", List.of()));
        return back;
    }

    private static ToClient.Answered redelivered(String id, long sequence) {
        return new ToClient.Answered(id, "2025-06-18", sequence, "{\"content\":[]}", false, 1, true);
    }

    @Test
    void tellsItsCallsAgainToASessionThatHasBegunAnew() {
        client.calls("1", "");
        List<SessionCommand> told = client.told();

        client.dialogue().heard(new ToClient.Woken());

        assertThat(client.told()).containsExactly(new SessionCommand.Retold((SessionCommand.Call) told.get(0)));
    }

    @Test
    void asksNothingAboutAnAnswerThatIsNotKept() {
        client.dialogue().heard(new ToClient.Answered("1", "2025-06-18", 0, "{\"content\":[]}", false, 1, false));
        assertThat(client.answer().path("result").has("_meta")).isFalse();
        assertThat(client.wire().toConfirm()).isEmpty();
    }

    @Test
    void answersForASessionWhoseAnswerCannotBeReadBack() {
        client.dialogue().heard(new ToClient.Answered("1", "2025-06-18", 3, "broken", false, 1, false));
        assertThat(client.errorCode()).isEqualTo(-32603);
    }

    @Test
    void mayDropProgressAndNothingElse() {
        client.dialogue().heard(new ToClient.Progressed("\"t\"", "2025-06-18", 3, null, "text"));
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

    @Test
    void waitsNoLongerForCallsOfASessionThatTheClientLeaves() {
        client.calls("1", "");
        client.initialize("2", "2025-11-25", ",\"_meta\":{\"io.exai/sessionId\":\"" + SessionIds.next() + "\"}");
        client.granted(true);
        assertThat(client.dialogue().isWaiting()).isFalse();
    }
}
