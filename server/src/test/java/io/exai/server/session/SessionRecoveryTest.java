package io.exai.server.session;

import static io.exai.server.session.SessionFixture.CONNECTION;
import static io.exai.server.session.SessionFixture.ID;
import static io.exai.server.session.SessionFixture.QUIET;
import static io.exai.server.session.SessionFixture.answer;
import static io.exai.server.session.SessionFixture.attach;
import static io.exai.server.session.SessionFixture.chatting;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.SessionEvent.CallRepeated;
import io.exai.persistence.session.SessionEvent.ClientDetached;
import io.exai.persistence.session.SessionEvent.SessionExpired;
import io.exai.persistence.session.SessionState;
import io.exai.provider.actor.Provider;
import io.exai.server.tool.RunReport;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of calls when connections drop, the process dies, or nobody comes back. */
class SessionRecoveryTest {
    private static final String LATER = "connection-2";

    private final SessionFixture fixture = new SessionFixture();
    private final TestProbe<ToClient> later = fixture.kit.createTestProbe(ToClient.class);

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void runsAnInterruptedCallAgainAndSaysSo() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "hello"));
        String key = fixture.expectAsk().request().callKey();
        fixture.crash(session);

        ActorRef<SessionCommand> reborn = fixture.start();
        Provider.Ask again = fixture.expectAsk();
        assertThat(again.request().callKey()).isEqualTo(key);
        assertThat(fixture.events()).last().isInstanceOf(CallRepeated.class);
        answer(again, "hi");
        reborn.tell(attach(LATER, false, later.ref()));

        assertThat(later.expectMessageClass(ToClient.Attached.class).resumed()).isTrue();
        assertThat(later.expectMessageClass(ToClient.Answered.class).attempts()).isEqualTo(2);
    }

    /** A copy that comes late may be of a call that ended long ago. */
    @Test
    void asksBackBeforeItRunsACallThatItIsToldOnceMore() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(new SessionCommand.Retold(fixture.chat("1", "hello")));
        fixture.client.expectMessage(new ToClient.Unheard("1"));
        fixture.provider.expectNoMessage(QUIET);

        session.tell(fixture.chat("1", "hello"));
        Provider.Ask ask = fixture.expectAsk();
        session.tell(new SessionCommand.Retold(fixture.chat("1", "hello")));
        answer(ask, "hi");
        assertThat(fixture.expectAnswer().attempts()).isEqualTo(1);
        session.tell(new SessionCommand.Retold(fixture.chat("1", "hello")));
        assertThat(fixture.expectAnswer().redelivered()).isTrue();
        fixture.provider.expectNoMessage(QUIET);
    }

    @Test
    void asksBackOfASessionThatIsNotThereYet() {
        ActorRef<SessionCommand> session = fixture.start();
        session.tell(new SessionCommand.Retold(
                new SessionCommand.CallOnStream("alice", "s", true, chatting("1", "hello"), later.ref())));
        later.expectMessage(new ToClient.Unheard("1"));
    }

    /** The actor restarts where it is; what ran in it has been stopped with it. */
    @Test
    void takesItsWorkUpAgainWhenTheJournalFailedForAWhile() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "hello"));
        Provider.Ask ask = fixture.expectAsk();
        fixture.journal.failNextPersisted(SessionFixture.persistenceId());
        session.tell(fixture.chat("2", "is not taken on"));
        later.expectTerminated(ask.replyTo());
        fixture.time.timePasses(Duration.ofSeconds(1));

        answer(fixture.expectAsk(), "hi");

        fixture.client.expectMessageClass(ToClient.Woken.class);
        ToClient.Answered answer = fixture.expectAnswer();
        assertThat(answer.requestId()).isEqualTo("1");
        assertThat(answer.attempts()).isEqualTo(2);
        session.tell(fixture.chat("2", "is taken on now"));
        answer(fixture.expectAsk(), "again");
        assertThat(fixture.expectAnswer().requestId()).isEqualTo("2");
    }

    /** Whoever waits for that word stops with the session's other work, which then begins again. */
    @Test
    void doesNotSayThatARepetitionIsWrittenWhichIsNot() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "hello"));
        Provider.Ask ask = fixture.expectAsk();
        fixture.journal.failNextPersisted(SessionFixture.persistenceId());

        session.tell(new SessionSignal.WorkReported(new RunReport.Repeated(
                "1", fixture.kit.createTestProbe(Done.class).ref())));

        later.expectTerminated(ask.replyTo());
        fixture.time.timePasses(Duration.ofSeconds(1));
        answer(fixture.expectAsk(), "hi");
        fixture.client.expectMessageClass(ToClient.Woken.class);
        assertThat(fixture.expectAnswer().attempts()).isEqualTo(2);
    }

    @Test
    void saysThatACallWasStartedAgainOnAnotherNode() {
        TestProbe<Done> written = fixture.kit.createTestProbe(Done.class);
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "hello"));
        Provider.Ask ask = fixture.expectAsk();

        session.tell(new SessionSignal.WorkReported(new RunReport.Repeated("1", written.ref())));
        written.expectMessage(Done.getInstance());
        answer(ask, "hi");

        assertThat(fixture.expectAnswer().attempts()).isEqualTo(2);
        assertThat(fixture.events()).hasAtLeastOneElementOfType(CallRepeated.class);
    }

    @Test
    void runsAnInterruptedCallAgainWithItsLargeArguments() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "x".repeat(300)));
        fixture.expectAsk();
        fixture.crash(session);

        fixture.start();

        assertThat(fixture.expectAsk().request().messages().get(1).text()).isEqualTo("x".repeat(300));
    }

    @Test
    void givesUpACallThatTheProcessDiedOverThreeTimes() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "hello"));
        for (int attempt = 1; attempt <= 3; attempt++) {
            fixture.expectAsk();
            fixture.crash(session);
            session = fixture.start();
        }

        session.tell(attach(LATER, false, later.ref()));

        later.expectMessageClass(ToClient.Attached.class);
        ToClient.Answered answer = later.expectMessageClass(ToClient.Answered.class);
        assertThat(answer.answer()).contains("SERVICE_UNAVAILABLE", "\"retryable\":true");
        assertThat(answer.attempts()).isEqualTo(3);
        fixture.provider.expectNoMessage(QUIET);
    }

    @Test
    void deliversInOrderWhatWasMissed() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "a"));
        session.tell(fixture.chat("2", "b"));
        session.tell(fixture.chat("3", "c"));
        Map<String, Provider.Ask> asks = fixture.expectAsks(3);
        session.tell(new SessionCommand.Detach(CONNECTION));
        answer(asks.get("c"), "three");
        awaitFinished(1);
        answer(asks.get("a"), "o".repeat(300));
        awaitFinished(2);
        answer(asks.get("b"), "two");
        awaitFinished(3);
        fixture.client.expectNoMessage(QUIET);

        session.tell(attach(LATER, false, later.ref()));

        later.expectMessageClass(ToClient.Attached.class);
        assertThat(later.expectMessageClass(ToClient.Answered.class).requestId())
                .isEqualTo("3");
        assertThat(later.expectMessageClass(ToClient.Answered.class).answer()).contains("o".repeat(300));
        ToClient.Answered last = later.expectMessageClass(ToClient.Answered.class);
        assertThat(last.requestId()).isEqualTo("2");
        assertThat(last.redelivered()).isTrue();
        assertThat(fixture.events()).anyMatch(ClientDetached.class::isInstance);
    }

    @Test
    void deliversNothingTwiceThatWasAcknowledged() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "a"));
        answer(fixture.expectAsk(), "one");
        session.tell(new SessionCommand.Acknowledge(
                CONNECTION, fixture.expectAnswer().sequence()));
        session.tell(fixture.chat("2", "b"));
        answer(fixture.expectAsk(), "two");
        fixture.expectAnswer();

        session.tell(attach(LATER, false, later.ref()));

        later.expectMessageClass(ToClient.Attached.class);
        assertThat(later.expectMessageClass(ToClient.Answered.class).requestId())
                .isEqualTo("2");
        later.expectNoMessage(QUIET);
    }

    @Test
    void writesAcknowledgementsDownWhenNoCallFollows() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "a"));
        answer(fixture.expectAsk(), "one");
        session.tell(new SessionCommand.Acknowledge(
                CONNECTION, fixture.expectAnswer().sequence()));
        ask(session);

        fixture.time.timePasses(Duration.ofMillis(50));
        ask(session);

        assertThat(((OpenSession) fixture.state()).acknowledged()).isEqualTo(1);
    }

    @Test
    void believesNoAcknowledgementOfWhatWasNeverSent() {
        ActorRef<SessionCommand> session = fixture.open();

        session.tell(new SessionCommand.Acknowledge(CONNECTION, 99));
        session.tell(fixture.chat("1", "a"));
        answer(fixture.expectAsk(), "one");
        fixture.expectAnswer();

        assertThat(((OpenSession) fixture.state()).outbox()).hasSize(1);
    }

    /** Whether the client has it already, only its connection can tell. */
    @Test
    void answersARepeatedRequestAgainThoughItsAnswerWasJustSent() {
        ActorRef<SessionCommand> session = comeBackToOneAnswer();

        session.tell(again());
        session.tell(new SessionCommand.Acknowledge(LATER, 1));
        session.tell(new SessionCommand.Retold(again()));

        for (int time = 0; time < 2; time++) {
            ToClient.Answered answer = later.expectMessageClass(ToClient.Answered.class);
            assertThat(answer.requestId()).isEqualTo("1");
            assertThat(answer.sequence()).isEqualTo(1);
            assertThat(answer.redelivered()).isTrue();
        }
        fixture.provider.expectNoMessage(QUIET);
    }

    /** Attaches a new connection, which is sent the one answer there is. */
    private ActorRef<SessionCommand> comeBackToOneAnswer() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "a"));
        answer(fixture.expectAsk(), "one");
        fixture.expectAnswer();
        session.tell(new SessionCommand.Attach(LATER, "alice", "", "", null, false, later.ref()));
        later.expectMessageClass(ToClient.Attached.class);
        later.expectMessageClass(ToClient.Answered.class);
        return session;
    }

    private SessionCommand.CallTool again() {
        return new SessionCommand.CallTool(
                LATER,
                new ToolRequest("1", "chat", "{\"prompt\":\"a\"}", null, SessionFixture.REVISION, null, null),
                later.ref());
    }

    @Test
    void sendsTheOldConnectionAwayWhenANewOneComes() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(attach(LATER, false, later.ref()));

        fixture.client.expectMessageClass(ToClient.Superseded.class);
        session.tell(fixture.chat("1", "from the old one"));

        fixture.client.expectMessageClass(ToClient.Superseded.class);
        fixture.provider.expectNoMessage(QUIET);
    }

    @Test
    void noticesThatAConnectionsActorIsGone() {
        ActorRef<SessionCommand> session = fixture.open();

        fixture.client.stop();
        TestProbe<SessionCommand.Known> asker = fixture.kit.createTestProbe(SessionCommand.Known.class);
        asker.awaitAssert(() -> {
            assertThat(fixture.events()).last().isInstanceOf(ClientDetached.class);
            return null;
        });
        assertThat(ask(session)).isTrue();
    }

    @Test
    void leavesMemoryWhenIdleButNotWhileACallRuns() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "a"));
        Provider.Ask ask = fixture.expectAsk();
        session.tell(new SessionCommand.Detach(CONNECTION));
        ask(session);
        pass(session, Duration.ofSeconds(121));
        assertThat(fixture.host.asked).isEmpty();

        answer(ask, "done");
        later.awaitAssert(() -> {
            assertThat(((OpenSession) fixture.state()).running()).isEmpty();
            return null;
        });
        pass(session, Duration.ofSeconds(121));

        assertThat(fixture.host.asked).contains("passivate");
    }

    @Test
    void expiresAfterAnHourOfSilenceAndIsNeverFoundAgain() {
        fixture.crash(fixture.open());
        fixture.clock.advance(Duration.ofSeconds(3601));
        ActorRef<SessionCommand> session = fixture.start();

        session.tell(attach(LATER, false, later.ref()));

        assertThat(later.expectMessageClass(ToClient.AttachRefused.class).why()).isEqualTo(ToClient.Refusal.NOT_FOUND);
        assertThat(fixture.events()).last().isInstanceOf(SessionExpired.class);
        assertThat(fixture.state()).isInstanceOf(SessionState.Ended.class);
    }

    @Test
    void livesForExactlyAnHourOfSilence() {
        fixture.crash(fixture.open());
        fixture.clock.advance(Duration.ofSeconds(3600));

        fixture.start().tell(attach(LATER, false, later.ref()));

        later.expectMessageClass(ToClient.Attached.class);
    }

    @Test
    void neverExpiresWhileACallRuns() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "a"));
        fixture.expectAsk();
        fixture.clock.advance(Duration.ofHours(5));

        session.tell(new SessionCommand.Sweep());
        ask(session);

        assertThat(fixture.state()).isInstanceOf(OpenSession.class);
    }

    @Test
    void isErasedWhenItsHistoryIsPastRetention() {
        fixture.crash(fixture.open());
        fixture.clock.advance(Duration.ofHours(2));
        ActorRef<SessionCommand> session = fixture.start();
        session.tell(new SessionCommand.Sweep());
        ask(session);
        session.tell(new SessionCommand.Sweep());
        ask(session);
        assertThat(fixture.host.asked).noneMatch(what -> what.startsWith("erase"));

        fixture.clock.advance(Duration.ofDays(7));
        session.tell(new SessionCommand.Sweep());
        ask(session);

        assertThat(fixture.host.asked).contains("erase " + SessionFixture.persistenceId());
    }

    @Test
    void asksToBeWokenWhenStoppedWithWork() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.chat("1", "a"));
        fixture.expectAsk();

        session.tell(new SessionCommand.Stop());

        later.expectTerminated(session);
        assertThat(fixture.host.asked).containsExactly("wake " + ID);
    }

    private void pass(ActorRef<SessionCommand> session, Duration time) {
        fixture.clock.advance(time);
        fixture.time.timePasses(time);
        ask(session);
    }

    private void awaitFinished(int calls) {
        later.awaitAssert(() -> {
            assertThat(((OpenSession) fixture.state()).finished()).hasSize(calls);
            return null;
        });
    }

    /** Waits until the session has handled what it was told before. */
    private boolean ask(ActorRef<SessionCommand> session) {
        TestProbe<SessionCommand.Known> asker = fixture.kit.createTestProbe(SessionCommand.Known.class);
        session.tell(new SessionCommand.Check("alice", asker.ref()));
        return asker.receiveMessage().known();
    }
}
