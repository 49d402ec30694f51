package io.exai.server.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.jsonrpc.Incoming;
import io.exai.server.bridge.Conversation.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the client still waits for, whatever the connection. */
class ConversationTest {
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\"}";
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}";
    private static final String CANCEL =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}";

    private final Ledger ledger = new Ledger(100, 10_000);
    private final Conversation conversation = new Conversation(ledger);

    @Test
    void wantsTheAnswerToARequestOnce() {
        say(CALL);
        assertThat(answer(1)).isEqualTo(new Verdict.Wanted(Optional.empty()));
        assertThat(answer(1)).isEqualTo(new Verdict.Unwanted());
    }

    @Test
    void wantsNoAnswerToWhatWasCancelled() {
        say(CALL);
        assertThat(Sent.by(ledger)).containsExactly(CALL);
        say(CANCEL);
        assertThat(answer(1)).isEqualTo(new Verdict.Unwanted());
        conversation.resume(false);
        assertThat(Sent.by(ledger)).containsExactly(CANCEL);
    }

    @Test
    void wantsTheErrorThatAnswersAnInvalidRequest() {
        say("{\"id\":5,\"method\":\"tools/call\"}");
        assertThat(answer(5)).isInstanceOf(Verdict.Wanted.class);
    }

    @Test
    void passesABatchOnWithoutWaitingForAnAnswer() {
        say("[" + CALL + "]");
        assertThat(Sent.by(ledger)).hasSize(1);
        assertThat(ledger.isDone()).isTrue();
    }

    @Test
    void repeatsOnlyWhatIsUnansweredToASessionThatIsThere() {
        say(INITIALIZE);
        assertThat(answer(0)).isEqualTo(new Verdict.Wanted(Optional.of("abc")));
        say(CALL);
        conversation.resume(false);
        assertThat(Sent.by(ledger)).containsExactly(CALL);
    }

    @Test
    void introducesTheClientToANewSessionUnnoticed() {
        say(INITIALIZE);
        assertThat(answer(0)).isInstanceOf(Verdict.Wanted.class);
        say(CALL);
        conversation.resume(true);
        assertThat(Sent.by(ledger)).containsExactly(INITIALIZE, CALL);
        assertThat(answer(0)).isEqualTo(new Verdict.Ours());
        assertThat(answer(1)).isInstanceOf(Verdict.Wanted.class);
    }

    private void say(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        conversation.said(Reading.of(bytes), bytes);
    }

    private Verdict answer(int id) {
        String line = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"_meta\":{\"io.exai/sessionId\":\"abc\"}}}";
        return conversation.answered((Incoming.Response) Reading.of(line.getBytes(StandardCharsets.UTF_8)));
    }
}
