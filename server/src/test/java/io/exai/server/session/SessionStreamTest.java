package io.exai.server.session;

import static io.exai.server.session.SessionFixture.CONNECTION;
import static io.exai.server.session.SessionFixture.QUIET;
import static io.exai.server.session.SessionFixture.answer;
import static io.exai.server.session.SessionFixture.chatting;
import static io.exai.server.session.SessionFixture.onStream;
import static io.exai.server.session.SessionFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.SessionEvent.CallCancelled;
import io.exai.persistence.session.SessionEvent.SessionExpired;
import io.exai.provider.actor.Provider;
import io.exai.server.quota.Quota;
import io.exai.server.session.SessionCommand.CancelOnStream;
import io.exai.server.session.SessionCommand.End;
import io.exai.server.session.SessionCommand.Known;
import io.exai.server.session.SessionCommand.Resume;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls whose answers go to response streams, as HTTP clients hold them. */
class SessionStreamTest {
    private final SessionFixture fixture = new SessionFixture();
    private final TestProbe<ToClient> stream = fixture.stream();
    private final TestProbe<ToClient> later = fixture.stream();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void answersOnTheStreamAndEndsIt() {
        ActorRef<SessionCommand> session = fixture.open();

        answer(ask(session), "hi");

        assertThat(expectLast(stream).answer()).contains("\"text\":\"hi\"");
        fixture.client.expectNoMessage(QUIET);
    }

    @Test
    void saysNothingOfItToTheConnection() {
        ActorRef<SessionCommand> session = fixture.open();

        session.tell(onStream("a", request("1", "slow", "{}"), stream));
        expectTakenOn(stream, "1");
        stream.expectNoMessage(QUIET);
        fixture.time.timePasses(ScriptedTools.WORK);

        expectLast(stream);
        fixture.client.expectNoMessage(QUIET);
    }

    @Test
    void endsAStreamWithTheLastOfItsCalls() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(onStream("a", chatting("1", "one"), stream));
        session.tell(onStream("a", chatting("2", "two"), stream));
        Map<String, Provider.Ask> asks = fixture.expectAsks(2);
        expectTakenOn(stream, "1");
        expectTakenOn(stream, "2");

        answer(asks.get("two"), "2");
        assertThat(stream.expectMessageClass(ToClient.Answered.class).requestId())
                .isEqualTo("2");
        stream.expectNoMessage(QUIET);
        answer(asks.get("one"), "1");

        assertThat(expectLast(stream).requestId()).isEqualTo("1");
    }

    @Test
    void deliversWhatWasMissedToAClientThatComesBack() {
        ActorRef<SessionCommand> session = fixture.open();
        Provider.Ask ask = ask(session);
        stream.stop();
        answer(ask, "hi");
        awaitFinished(session, 1);

        session.tell(new Resume("alice", "a", 0, later.ref()));

        ToClient.Answered answer = expectLast(later);
        assertThat(answer.answer()).contains("\"text\":\"hi\"");
        assertThat(answer.redelivered()).isTrue();
    }

    @Test
    void goesOnWithAClientThatComesBackWhileItsCallRuns() {
        ActorRef<SessionCommand> session = fixture.open();
        Provider.Ask ask = ask(session);
        stream.stop();

        session.tell(new Resume("alice", "a", 0, later.ref()));
        later.expectNoMessage(QUIET);
        answer(ask, "hi");

        expectLast(later);
    }

    /** Whoever listens says so now and then, in case the session was elsewhere before. */
    @Test
    void deliversOnceToAClientThatSaysAgainThatItListens() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(onStream("a", chatting("1", "hello"), stream));
        Provider.Ask ask = fixture.expectAsk();
        stream.stop();
        session.tell(new Resume("alice", "a", 0, later.ref()));
        session.tell(new Resume("alice", "a", 0, later.ref()));
        later.expectNoMessage(QUIET);

        answer(ask, "hi");

        later.expectMessageClass(ToClient.Answered.class);
        later.expectMessageClass(ToClient.StreamEnded.class);
        later.expectNoMessage(QUIET);
    }

    /** Its edge has not noticed yet that the client has left, and tells the call again when a node is lost. */
    @Test
    void doesNotGiveAResumedStreamBackToTheResponseThatWasLeft() {
        ActorRef<SessionCommand> session = fixture.open();
        Provider.Ask ask = ask(session);
        session.tell(new Resume("alice", "a", 0, later.ref()));
        stream.expectMessageClass(ToClient.StreamEnded.class);

        session.tell(new SessionCommand.Retold(onStream("a", chatting("1", "hello"), stream)));
        stream.expectMessageClass(ToClient.StreamEnded.class);
        later.expectNoMessage(QUIET);
        answer(ask, "hi");

        assertThat(expectLast(later).answer()).contains("\"text\":\"hi\"");
    }

    @Test
    void deliversOnlyWhatCameAfterTheLastEventOfTheClient() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(onStream("a", chatting("1", "one"), stream));
        session.tell(onStream("a", chatting("2", "two"), stream));
        Map<String, Provider.Ask> asks = fixture.expectAsks(2);
        expectTakenOn(stream, "1");
        expectTakenOn(stream, "2");
        answer(asks.get("one"), "1");
        long first = stream.expectMessageClass(ToClient.Answered.class).sequence();
        answer(asks.get("two"), "2");
        stream.expectMessageClass(ToClient.Answered.class);

        session.tell(new Resume("alice", "a", first, later.ref()));

        assertThat(expectLast(later).requestId()).isEqualTo("2");
    }

    @Test
    void endsAStreamAtOnceThatNobodyKnows() {
        ActorRef<SessionCommand> session = fixture.open();

        session.tell(new Resume("alice", "no such stream", 0, later.ref()));

        later.expectMessageClass(ToClient.StreamEnded.class);
    }

    @Test
    void deliversWhatWasMissedAfterACrash() {
        ActorRef<SessionCommand> session = fixture.open();
        ask(session);
        fixture.crash(session);
        ActorRef<SessionCommand> reborn = fixture.start();
        Provider.Ask again = fixture.expectAsk();

        reborn.tell(new Resume("alice", "a", 0, later.ref()));
        later.expectNoMessage(QUIET);
        answer(again, "hi");

        assertThat(expectLast(later).attempts()).isEqualTo(2);
    }

    @Test
    void tellsAClientThatComesBackAtOnceThatItsCallIsLost() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(onStream("a", request("1", "once", "{}"), stream));
        awaitRunning(session, 1);
        fixture.crash(session);

        fixture.start().tell(new Resume("alice", "a", 0, later.ref()));

        assertThat(expectLast(later).answer()).contains("SERVICE_UNAVAILABLE");
    }

    @Test
    void bringsLargeAnswersFromThePayloadStoreBeforeTheStreamEnds() {
        ActorRef<SessionCommand> session = fixture.open();
        answer(ask(session), "y".repeat(300));

        assertThat(expectLast(stream).answer()).contains("y".repeat(300));
        session.tell(new Resume("alice", "a", 0, later.ref()));

        assertThat(expectLast(later).answer()).contains("y".repeat(300));
    }

    @Test
    void endsAStreamWhoseAnswerIsSmallWhileAnotherReadsALargeOne() {
        ActorRef<SessionCommand> session = fixture.open();
        TestProbe<ToClient> large = fixture.stream();
        session.tell(onStream("large", chatting("1", "large"), large));
        session.tell(onStream("small", request("2", "slow", "{}"), stream));
        answer(fixture.expectAsk(), "y".repeat(300));
        expectTakenOn(large, "1");
        expectLast(large);
        expectTakenOn(stream, "2");
        fixture.payloads.hold();

        session.tell(new Resume("alice", "large", 0, later.ref()));
        later.expectNoMessage(QUIET);
        fixture.time.timePasses(ScriptedTools.WORK);
        expectLast(stream);
        later.expectNoMessage(QUIET);
        fixture.payloads.release();

        expectLast(later);
    }

    @Test
    void joinsARunningRequestThatIsPostedAgainOnAnotherStream() {
        ActorRef<SessionCommand> session = fixture.open();
        Provider.Ask ask = ask(session);

        session.tell(onStream("b", chatting("1", "hello"), later));
        stream.expectMessageClass(ToClient.StreamEnded.class);
        expectTakenOn(later, "1");
        later.expectNoMessage(QUIET);
        answer(ask, "hi");

        assertThat(expectLast(later).answer()).contains("hi");
        fixture.provider.expectNoMessage(QUIET);
        assertThat(((OpenSession) fixture.state()).finished()).hasSize(1);
    }

    @Test
    void answersAFinishedRequestAgainThatIsPostedAgain() {
        ActorRef<SessionCommand> session = fixture.open();
        answer(ask(session), "hi");
        stream.expectMessageClass(ToClient.Answered.class);

        session.tell(onStream("b", chatting("1", "hello"), later));

        assertThat(later.expectMessageClass(ToClient.Answered.class).redelivered())
                .isTrue();
        fixture.provider.expectNoMessage(QUIET);
    }

    @Test
    void refusesAnotherRequestUnderARunningId() {
        ActorRef<SessionCommand> session = fixture.open();
        Provider.Ask ask = ask(session);

        session.tell(onStream("b", chatting("1", "other"), later));
        assertThat(later.expectMessageClass(ToClient.Rejected.class).why()).contains("in use");
        answer(ask, "hi");

        stream.expectMessageClass(ToClient.Answered.class);
    }

    @Test
    void leavesTheIdOfACallFreeThatNeverStarted() {
        ActorRef<SessionCommand> session = fixture.open();
        List<TestProbe<Void>> holders = takeAllPermits();
        session.tell(onStream("a", chatting("1", "hello"), stream));
        awaitWaiting();
        expectTakenOn(stream, "1");
        fixture.time.timePasses(Duration.ofSeconds(30));

        assertThat(expectLast(stream).sequence()).isZero();
        holders.forEach(TestProbe::stop);
        session.tell(onStream("b", chatting("1", "hello"), later));

        expectTakenOn(later, "1");
        answer(fixture.expectAsk(), "hi");
        assertThat(later.expectMessageClass(ToClient.Answered.class).answer()).contains("hi");
    }

    @Test
    void cancelsOnlyWhatTheSamePrincipalWithdraws() {
        ActorRef<SessionCommand> session = fixture.open();
        Provider.Ask ask = ask(session);
        session.tell(new CancelOnStream("mallory", "1", ""));
        session.tell(new CancelOnStream("alice", "2", ""));
        assertThat(fixture.events()).noneMatch(CallCancelled.class::isInstance);

        session.tell(new CancelOnStream("alice", "1", "no longer"));

        stream.expectMessageClass(ToClient.StreamEnded.class);
        stream.expectTerminated(ask.replyTo());
        assertThat(fixture.events()).last().isInstanceOf(CallCancelled.class);
    }

    @Test
    void closesAStreamWhenItsCallWantsItAndKeepsTheAnswer() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(onStream("a", request("1", "closing", "{}"), stream));
        expectTakenOn(stream, "1");
        stream.expectMessageClass(ToClient.StreamClosing.class);
        fixture.time.timePasses(ScriptedTools.WORK);
        awaitFinished(session, 1);

        session.tell(new Resume("alice", "a", 0, later.ref()));

        assertThat(later.expectMessageClass(ToClient.Answered.class).answer()).contains("closed");
    }

    @Test
    void showsStrangersNothing() {
        ActorRef<SessionCommand> session = fixture.open();
        ask(session);
        TestProbe<Known> asker = fixture.kit.createTestProbe(Known.class);

        session.tell(new SessionCommand.CallOnStream("mallory", "b", true, chatting("2", "x"), later.ref()));
        assertThat(later.expectMessageClass(ToClient.Rejected.class).sessionGone())
                .isTrue();
        session.tell(new Resume("mallory", "a", 0, later.ref()));
        later.expectMessageClass(ToClient.AttachRefused.class);
        session.tell(new End("mallory", asker.ref()));

        assertThat(asker.receiveMessage().known()).isFalse();
        fixture.provider.expectNoMessage(QUIET);
        assertThat(((OpenSession) fixture.state()).running()).hasSize(1);
    }

    @Test
    void endsWithAllThatRunsInIt() {
        ActorRef<SessionCommand> session = fixture.open();
        Provider.Ask ask = ask(session);
        TestProbe<Known> asker = fixture.kit.createTestProbe(Known.class);

        session.tell(new End("alice", asker.ref()));

        assertThat(asker.receiveMessage().known()).isTrue();
        stream.expectTerminated(ask.replyTo());
        stream.expectMessageClass(ToClient.StreamEnded.class);
        fixture.client.expectMessageClass(ToClient.Superseded.class);
        assertThat(fixture.events())
                .anyMatch(CallCancelled.class::isInstance)
                .last()
                .isInstanceOf(SessionExpired.class);
        session.tell(onStream("b", chatting("2", "x"), later));
        assertThat(later.expectMessageClass(ToClient.Rejected.class).sessionGone())
                .isTrue();
    }

    @Test
    void beginsWithTheFirstCallOfAClientWithoutAHandshake() {
        ActorRef<SessionCommand> session = fixture.start();

        session.tell(new SessionCommand.CallOnStream("alice", "a", true, chatting("1", "hello"), stream.ref()));
        answer(fixture.expectAsk(), "hi");

        expectTakenOn(stream, "1");
        stream.expectMessageClass(ToClient.Answered.class);
    }

    @Test
    void isUnknownToACallThatDoesNotBeginIt() {
        fixture.start().tell(onStream("a", chatting("1", "hello"), stream));

        assertThat(stream.expectMessageClass(ToClient.Rejected.class).sessionGone())
                .isTrue();
        assertThat(fixture.events()).isEmpty();
    }

    @Test
    void beginsAgainAfterItsEndForTheSamePrincipalOnly() {
        ActorRef<SessionCommand> session = fixture.open();
        TestProbe<Known> asker = fixture.kit.createTestProbe(Known.class);
        session.tell(new End("alice", asker.ref()));
        asker.receiveMessage();

        session.tell(new SessionCommand.CallOnStream("mallory", "a", true, chatting("1", "x"), later.ref()));
        assertThat(later.expectMessageClass(ToClient.Rejected.class).sessionGone())
                .isTrue();
        session.tell(new SessionCommand.CallOnStream("alice", "a", true, chatting("1", "hello"), stream.ref()));
        answer(fixture.expectAsk(), "hi");

        expectTakenOn(stream, "1");
        assertThat(stream.expectMessageClass(ToClient.Answered.class).answer()).contains("hi");
    }

    @Test
    void isNotTakenOutOfMemoryWhileAStreamIsHeldOpen() {
        ActorRef<SessionCommand> session = fixture.open();
        ask(session);
        session.tell(new SessionCommand.Detach(CONNECTION));

        fixture.clock.advance(Duration.ofMinutes(30));
        session.tell(new SessionCommand.Sweep());
        awaitRunning(session, 1);

        assertThat(fixture.host.asked).isEmpty();
    }

    /** A client that leaves at once: its session is still being opened then. */
    @Test
    void withdrawsACallThatWasWithdrawnBeforeItsSessionWasThere() {
        ActorRef<SessionCommand> session = fixture.start();

        session.tell(new SessionCommand.CallOnStream("alice", "a", true, chatting("1", "hello"), stream.ref()));
        session.tell(new CancelOnStream("alice", "1", "gone"));

        expectTakenOn(stream, "1");
        stream.expectMessageClass(ToClient.StreamEnded.class);
        assertThat(fixture.events()).hasAtLeastOneElementOfType(CallCancelled.class);
    }

    /** Has the client call on its stream; what the provider is asked then. */
    private Provider.Ask ask(ActorRef<SessionCommand> session) {
        session.tell(onStream("a", chatting("1", "hello"), stream));
        expectTakenOn(stream, "1");
        return fixture.expectAsk();
    }

    /** The call is in the journal, so that the client may be given an id to come back with. */
    private static void expectTakenOn(TestProbe<ToClient> probe, String requestId) {
        assertThat(probe.expectMessageClass(ToClient.TakenOn.class).requestId()).isEqualTo(requestId);
    }

    /** An answer, and the end of the stream after it. */
    private static ToClient.Answered expectLast(TestProbe<ToClient> probe) {
        ToClient.Answered answer = probe.expectMessageClass(ToClient.Answered.class);
        probe.expectMessageClass(ToClient.StreamEnded.class);
        return answer;
    }

    private List<TestProbe<Void>> takeAllPermits() {
        TestProbe<Quota.Grant> grants = fixture.kit.createTestProbe(Quota.Grant.class);
        List<TestProbe<Void>> holders = Stream.generate(() -> fixture.kit.createTestProbe(Void.class))
                .limit(24)
                .toList();
        holders.forEach(holder -> fixture.quota.tell(new Quota.Acquire("other", holder.ref(), grants.ref())));
        holders.forEach(holder -> grants.expectMessageClass(Quota.Granted.class));
        return holders;
    }

    private void awaitWaiting() {
        TestProbe<Quota.Description> asker = fixture.kit.createTestProbe(Quota.Description.class);
        asker.awaitAssert(() -> {
            fixture.quota.tell(new Quota.Describe(asker.ref()));
            assertThat(asker.receiveMessage().waiting()).isEqualTo(1);
            return asker;
        });
    }

    private void awaitFinished(ActorRef<SessionCommand> session, int calls) {
        stream.awaitAssert(() -> {
            assertThat(((OpenSession) fixture.state()).finished()).hasSize(calls);
            return session;
        });
    }

    private void awaitRunning(ActorRef<SessionCommand> session, int calls) {
        stream.awaitAssert(() -> {
            assertThat(((OpenSession) fixture.state()).running()).hasSize(calls);
            return session;
        });
    }
}
