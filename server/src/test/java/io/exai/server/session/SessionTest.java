package io.exai.server.session;

import static io.exai.server.session.SessionFixture.CONNECTION;
import static io.exai.server.session.SessionFixture.QUIET;
import static io.exai.server.session.SessionFixture.answer;
import static io.exai.server.session.SessionFixture.attach;
import static io.exai.server.session.SessionFixture.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.CallAccepted;
import io.exai.persistence.session.SessionEvent.CallAnswered;
import io.exai.persistence.session.SessionEvent.CallCancelled;
import io.exai.persistence.session.SessionEvent.CallFailed;
import io.exai.persistence.session.SessionEvent.ClientAttached;
import io.exai.persistence.session.SessionEvent.SessionOpened;
import io.exai.provider.actor.Provider;
import io.exai.provider.chat.Piece;
import io.exai.provider.chat.ProviderFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of one session while nothing breaks. */
class SessionTest {
    private final SessionFixture fixture = new SessionFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void journalsACallBeforeItRunsAndItsAnswerBeforeItIsSent() {
        ActorRef<SessionCommand> session = fixture.open();

        session.tell(fixture.chat("1", "hello"));
        Provider.Ask ask = fixture.expectAsk();
        assertThat(fixture.events())
                .hasExactlyElementsOfTypes(SessionOpened.class, ClientAttached.class, CallAccepted.class);
        answer(ask, "hi");

        ToClient.Answered answered = fixture.expectAnswer();
        assertThat(answered.answer()).contains("\"text\":\"hi\"");
        assertThat(answered.sequence()).isEqualTo(1);
        assertThat(answered.redelivered()).isFalse();
        assertThat(fixture.events().get(3)).isInstanceOf(CallAnswered.class);
    }

    @Test
    void runsSeveralCallsAtOnceAndAnswersInAnyOrder() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "a"));
        session.tell(fixture.chat("\"two\"", "b"));
        Map<String, Provider.Ask> asks = fixture.expectAsks(2);

        answer(asks.get("b"), "second");
        assertThat(fixture.expectAnswer().requestId()).isEqualTo("\"two\"");
        answer(asks.get("a"), "first");

        assertThat(fixture.expectAnswer().requestId()).isEqualTo("1");
    }

    @Test
    void takesEightCallsAndRefusesTheNinthUntilOneEnds() {
        ActorRef<SessionCommand> session = fixture.open();
        for (int i = 1; i <= 8; i++) {
            session.tell(fixture.chat("" + i, "p" + i));
        }
        Provider.Ask first = fixture.expectAsk();
        for (int i = 2; i <= 8; i++) {
            fixture.expectAsk();
        }

        session.tell(fixture.chat("9", "p9"));
        ToClient.Answered refusal = fixture.expectAnswer();
        assertThat(refusal.requestId()).isEqualTo("9");
        assertThat(refusal.answer()).contains("OVER_CAPACITY", "retryAfterMs");

        answer(first, "done");
        fixture.expectAnswer();
        session.tell(fixture.chat("9", "p9"));
        fixture.expectAsk();
    }

    @Test
    void joinsARunningRequestThatIsSentAgain() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "hello"));
        Provider.Ask ask = fixture.expectAsk();

        session.tell(fixture.chat("1", "hello"));
        fixture.provider.expectNoMessage(QUIET);
        answer(ask, "hi");

        fixture.expectAnswer();
        fixture.client.expectNoMessage(QUIET);
    }

    @Test
    void answersAFinishedRequestAgainWithoutRunningIt() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "hello"));
        answer(fixture.expectAsk(), "hi");
        fixture.expectAnswer();

        session.tell(fixture.chat("1", "hello"));

        assertThat(fixture.expectAnswer().answer()).contains("\"text\":\"hi\"");
        fixture.provider.expectNoMessage(QUIET);
    }

    @Test
    void refusesAnotherRequestUnderARunningId() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "hello"));
        fixture.expectAsk();

        session.tell(fixture.chat("1", "something else"));

        assertThat(fixture.client.expectMessageClass(ToClient.Rejected.class).why())
                .contains("in use");
    }

    @Test
    void takesANewRequestUnderAFinishedId() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "hello"));
        answer(fixture.expectAsk(), "hi");
        fixture.expectAnswer();

        session.tell(fixture.chat("1", "something else"));
        answer(fixture.expectAsk(), "other");

        assertThat(fixture.expectAnswer().answer()).contains("other");
        assertThat(((OpenSession) fixture.state()).finished()).hasSize(1);
    }

    @Test
    void answersADiagnosticToolWithoutTheJournal() {
        ActorRef<SessionCommand> session = fixture.open();

        session.tell(fixture.call("1", "version", "{}", null));

        assertThat(fixture.expectAnswer().sequence()).isZero();
        assertThat(fixture.events()).hasExactlyElementsOfTypes(SessionOpened.class, ClientAttached.class);
    }

    @Test
    void answersAnErrorWhenAToolThrows() {
        ActorRef<SessionCommand> session = fixture.open();

        session.tell(fixture.call("1", "status", "{}", null));

        assertThat(fixture.expectAnswer().answer()).contains("TOOL_EXECUTION_ERROR");
    }

    @Test
    void runsACallAgainWhoseNodeWasCutOffAndSaysSo() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "hi"));
        fail(fixture.expectAsk(), ProviderFailure.Kind.REVOKED);
        fixture.provider.expectNoMessage(QUIET);
        fixture.client.expectNoMessage(QUIET);
        fixture.time.timePasses(Duration.ofSeconds(6));
        answer(fixture.expectAsk(), "there");
        ToClient.Answered answer = fixture.expectAnswer();
        assertThat(answer.answer()).contains("there");
        assertThat(answer.attempts()).isEqualTo(2);
    }

    @Test
    void freesBudgetAndEntryWhenTheProviderFails() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "hello"));

        fail(fixture.expectAsk(), ProviderFailure.Kind.BROKEN_STREAM);

        assertThat(fixture.expectAnswer().answer())
                .contains("PROVIDER_ERROR", "\"retryable\":true", "\"isError\":true");
        assertThat(((OpenSession) fixture.state()).running()).isEmpty();
        assertThat(fixture.events()).last().isInstanceOf(CallFailed.class);
    }

    @Test
    void endsACallAtItsToolsDeadline() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "hello"));
        TestProbe<?> watcher = fixture.kit.createTestProbe();
        Provider.Ask ask = fixture.expectAsk();

        fixture.time.timePasses(Duration.ofSeconds(180));

        assertThat(fixture.expectAnswer().answer()).contains("TIMEOUT", "180 s");
        watcher.expectTerminated(ask.replyTo());
    }

    @Test
    void cancelsTheRunningWorkAndSendsNoAnswer() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "hello"));
        Provider.Ask ask = fixture.expectAsk();

        session.tell(new SessionCommand.CancelCall(CONNECTION, "1", "changed my mind"));

        fixture.kit.createTestProbe().expectTerminated(ask.replyTo());
        fixture.client.expectNoMessage(QUIET);
        assertThat(fixture.events()).last().isInstanceOf(CallCancelled.class);
        session.tell(fixture.chat("1", "hello"));
        fixture.expectAsk();
    }

    @Test
    void passesTextOnAtOnceAndThenAtMostEveryHundredMilliseconds() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.call("1", "chat", "{\"prompt\":\"hello\"}", "\"token\""));
        Provider.Ask ask = fixture.expectAsk();
        assertThat(ask.request().stream()).isTrue();

        for (String piece : new String[] {"a", "b", "c"}) {
            ask.replyTo().tell(new Provider.Delta(ask.request().callKey(), Piece.said(piece)));
        }

        ToClient.Progressed first = fixture.client.expectMessageClass(ToClient.Progressed.class);
        assertThat(first.message()).isEqualTo("a");
        fixture.client.expectNoMessage(QUIET);
        fixture.time.timePasses(Duration.ofMillis(100));
        ToClient.Progressed second = fixture.client.expectMessageClass(ToClient.Progressed.class);
        assertThat(second.message()).isEqualTo("bc");
        assertThat(second.progress()).isGreaterThan(first.progress());
        assertThat(second.progressToken()).isEqualTo("\"token\"");
    }

    @Test
    void tellsAWaitingClientThatASilentCallIsAlive() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.call("1", "chat", "{\"prompt\":\"hello\"}", "7"));
        fixture.expectAsk();

        fixture.time.timePasses(Duration.ofSeconds(8));

        assertThat(fixture.client.expectMessageClass(ToClient.Progressed.class).message())
                .isNull();
    }

    @Test
    void keepsLargeArgumentsAndAnswersInThePayloadStore() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "x".repeat(200)));
        answer(fixture.expectAsk(), "y".repeat(200));

        assertThat(fixture.expectAnswer().answer()).contains("y".repeat(200));
        assertThat(fixture.payloads.contents).hasSize(2);
        assertThat(fixture.events())
                .filteredOn(CallAccepted.class::isInstance)
                .map(event -> ((CallAccepted) event).arguments().inline())
                .containsOnlyNulls();
    }

    @Test
    void refusesACallWhoseArgumentsCannotBeStored() {
        ActorRef<SessionCommand> session = fixture.open();
        fixture.payloads.broken = true;

        session.tell(fixture.chat("1", "x".repeat(200)));

        assertThat(fixture.expectAnswer().answer()).contains("SERVICE_UNAVAILABLE");
        fixture.payloads.broken = false;
        session.tell(fixture.chat("1", "x".repeat(200)));
        fixture.expectAsk();
    }

    @Test
    void refusesStrangersWithoutSayingThatTheSessionIsThere() {
        ActorRef<SessionCommand> session = fixture.open();
        TestProbe<ToClient> stranger = fixture.kit.createTestProbe(ToClient.class);
        ActorRef<SessionCommand> unknown = fixture.start("u".repeat(43));

        session.tell(new SessionCommand.Attach("c2", "mallory", "", "", null, false, stranger.ref()));
        unknown.tell(new SessionCommand.Attach("c2", "mallory", "", "", null, false, stranger.ref()));

        assertThat(stranger.receiveMessage()).isEqualTo(stranger.receiveMessage());
        TestProbe<SessionCommand.Known> asker = fixture.kit.createTestProbe(SessionCommand.Known.class);
        session.tell(new SessionCommand.Check("mallory", asker.ref()));
        unknown.tell(new SessionCommand.Check("mallory", asker.ref()));
        assertThat(asker.receiveMessage().known()).isFalse();
        assertThat(asker.receiveMessage().known()).isFalse();
    }

    @Test
    void letsOnePrincipalHaveOnlySoManySessions() {
        fixture.open();
        for (String other : new String[] {"a", "b"}) {
            fixture.start(other.repeat(43)).tell(attach("c" + other, true, fixture.client.ref()));
            fixture.client.expectMessageClass(ToClient.Attached.class);
        }

        fixture.start("c".repeat(43)).tell(attach("cc", true, fixture.client.ref()));

        assertThat(fixture.client
                        .expectMessageClass(ToClient.AttachRefused.class)
                        .why())
                .isEqualTo(ToClient.Refusal.TOO_MANY_SESSIONS);
    }

    @Test
    void tellsWhatItIsWhenAttached() {
        fixture.start().tell(attach(CONNECTION, true, fixture.client.ref()));

        assertThat(fixture.client.expectMessageClass(ToClient.Attached.class))
                .isEqualTo(new ToClient.Attached(false, SessionFixture.REVISION, List.of()));
        assertThat(fixture.events()).map(SessionEvent::at).containsOnly(fixture.clock.instant());
    }
}
