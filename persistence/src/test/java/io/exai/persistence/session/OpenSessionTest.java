package io.exai.persistence.session;

import static io.exai.persistence.session.Samples.AT;
import static io.exai.persistence.session.Samples.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.session.SessionEvent.AnswersAcknowledged;
import io.exai.persistence.session.SessionEvent.CallAnswered;
import io.exai.persistence.session.SessionEvent.CallCancelled;
import io.exai.persistence.session.SessionEvent.CallRefused;
import io.exai.persistence.session.SessionEvent.ClientAttached;
import io.exai.persistence.session.SessionEvent.ClientDetached;
import io.exai.persistence.session.SessionEvent.SessionOpened;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session's events fold to. */
class OpenSessionTest {
    private static final Payload ANSWER = Payload.inline("{}", 2);

    @Test
    void everyEventIsTotalInEveryState() {
        for (SessionState state : Samples.states()) {
            for (SessionEvent event : Samples.events()) {
                assertThat(event.applyTo(state)).as("%s in %s", event, state).isNotNull();
            }
        }
    }

    @Test
    void keepsCallsInOrderOfAcceptanceAndAnswersInOrderOfEnding() {
        OpenSession session = fold(accepted("1"), accepted("2"), answered("2"), answered("1"));

        assertThat(session.running()).isEmpty();
        assertThat(session.finished()).extracting(FinishedCall::requestId).containsExactly("2", "1");
        assertThat(session.finished()).extracting(FinishedCall::sequence).containsExactly(1L, 2L);
    }

    @Test
    void countsAnEndOnceWhateverComesAfter() {
        OpenSession once = fold(accepted("1"), answered("1"));

        assertThat(answered("1").applyTo(once)).isEqualTo(once);
    }

    @Test
    void forgetsARefusedCall() {
        OpenSession session = fold(accepted("1"), new CallRefused("1", new Failure("x", "y", true, 0), AT));

        assertThat(session.running()).isEmpty();
        assertThat(session.finishedCall("1")).isEmpty();
    }

    @Test
    void doesNotDeliverCancelledCalls() {
        OpenSession session = fold(accepted("1"), new CallCancelled("1", "", AT));

        assertThat(session.finishedCall("1")).isPresent();
        assertThat(session.outbox()).isEmpty();
    }

    @Test
    void keepsSixtyFourAcknowledgedAnswers() {
        OpenSession session = ended(68);

        OpenSession after = (OpenSession) new AnswersAcknowledged(66, AT).applyTo(session);

        assertThat(after.finished())
                .extracting(FinishedCall::sequence)
                .startsWith(3L)
                .hasSize(66);
        assertThat(after.outbox()).extracting(FinishedCall::sequence).containsExactly(67L, 68L);
    }

    @Test
    void countsTheOldestOfTooManyAnswersAsDelivered() {
        assertThat(ended(256).outbox()).hasSize(256);
        assertThat(ended(257).outbox())
                .hasSize(256)
                .first()
                .extracting(FinishedCall::sequence)
                .isEqualTo(2L);
    }

    @Test
    void believesNoAcknowledgementOfTheFuture() {
        OpenSession session = ended(3);

        assertThat(new AnswersAcknowledged(4, AT).applyTo(session)).isEqualTo(session);
        assertThat(((OpenSession) new AnswersAcknowledged(3, AT).applyTo(session)).outbox())
                .isEmpty();
    }

    @Test
    void detachesOnlyTheConnectionThatIsAttached() {
        OpenSession session =
                fold(new ClientAttached("c1", "x", "r", AT, null), new ClientAttached("c2", "x", "r", AT, null));

        assertThat(((OpenSession) new ClientDetached("c1", 0, AT).applyTo(session)).attached())
                .isTrue();
        assertThat(((OpenSession) new ClientDetached("c2", 0, AT).applyTo(session)).attached())
                .isFalse();
    }

    @Test
    void startsOverWhenAnIdIsUsedForAnotherCall() {
        OpenSession session = fold(accepted("1"), answered("1"), accepted("1"));

        assertThat(session.running()).containsOnlyKeys("1");
        assertThat(session.finished()).isEmpty();
    }

    private static OpenSession ended(int calls) {
        OpenSession session = fold();
        for (int i = 1; i <= calls; i++) {
            session = (OpenSession) accepted("" + i).applyTo(session);
            session = (OpenSession) answered("" + i).applyTo(session);
        }
        return session;
    }

    private static CallAnswered answered(String requestId) {
        return new CallAnswered(requestId, ANSWER, AT);
    }

    private static OpenSession fold(SessionEvent... events) {
        SessionState state = new SessionOpened("alice", AT).applyTo(new SessionState.Fresh());
        for (SessionEvent event : List.of(events)) {
            state = event.applyTo(state);
        }
        return (OpenSession) state;
    }
}
