package io.exai.server.session;

import static io.exai.server.session.SessionFixture.CONNECTION;
import static io.exai.server.session.SessionFixture.answer;
import static io.exai.server.session.SessionFixture.attach;
import static io.exai.server.session.SessionFixture.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.actor.Provider;
import io.exai.provider.chat.ProviderFailure;
import io.exai.server.quota.Quota;
import io.exai.server.session.SessionCommand.CancelCall;
import io.exai.server.session.SessionCommand.Retold;
import io.exai.server.session.SessionCommand.SubmitCall;
import io.exai.server.session.SessionCommand.Withdraw;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls whose client hears how they go. */
class SubmissionsTest {
    private static final int PERMITS = 24;
    private static final int WAITING = 100;

    private final SessionFixture fixture = new SessionFixture(SessionFixture.settings(2));
    private final ActorRef<SessionCommand> session = fixture.open();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void tellsThatACallIsTakenOnStartedAndAnswered() {
        session.tell(submit("1", "hello"));
        Provider.Ask ask = fixture.expectAsk();
        assertThat(fixture.client.receiveMessage()).isEqualTo(new ToClient.TakenOn("1"));
        assertThat(fixture.client.receiveMessage()).isEqualTo(new ToClient.Started("1", 270_000));
        answer(ask, "hi");
        assertThat(fixture.expectAnswer().revision()).isEqualTo("op");
    }

    @Test
    void tellsTheSameOfACallThatIsNotInTheJournal() {
        session.tell(new SubmitCall(op(fixture.call("1", "version", "{}", null)), false));
        assertThat(fixture.client.receiveMessage()).isEqualTo(new ToClient.TakenOn("1"));
        assertThat(fixture.client.receiveMessage()).isInstanceOf(ToClient.Started.class);
        assertThat(fixture.expectAnswer().sequence()).isZero();
    }

    @Test
    void tellsThatTheVeryRequestRunsAndAnswersItAgainWhenItHasEnded() {
        Provider.Ask ask = running("1", "hello");
        session.tell(submit("1", "hello"));
        assertThat(fixture.client.receiveMessage()).isEqualTo(new ToClient.Underway("1", "chat"));
        answer(ask, "hi");
        assertThat(fixture.expectAnswer().redelivered()).isFalse();
        session.tell(submit("1", "hello"));
        assertThat(fixture.expectAnswer().redelivered()).isTrue();
        fixture.provider.expectNoMessage(SessionFixture.QUIET);
    }

    /** An edge tells again what has no answer, now and then; that is no word of the client. */
    @Test
    void tellsAnEdgeThatAsksOnlyThatTheCallIsTakenOn() {
        Provider.Ask ask = running("1", "hello");
        SubmitCall call = submit("1", "hello");
        session.tell(new Retold(call));
        assertThat(fixture.client.receiveMessage()).isEqualTo(new ToClient.TakenOn("1"));
        answer(ask, "hi");
        fixture.expectAnswer();
        session.tell(new Retold(call));
        assertThat(fixture.expectAnswer().redelivered()).isTrue();
        session.tell(new Retold(submit("2", "hello")));
        assertThat(fixture.client.receiveMessage()).isEqualTo(new ToClient.Unheard("2"));
        fixture.provider.expectNoMessage(SessionFixture.QUIET);
    }

    @Test
    void refusesAnEqualCallUnderAnotherIdWhileItRuns() {
        Provider.Ask ask = running("1", "hello");
        session.tell(submit("2", "hello"));
        assertThat(fixture.client.receiveMessage()).isEqualTo(new ToClient.Duplicate("2", "1"));
        answer(ask, "hi");
        fixture.expectAnswer();
        running("2", "hello");
    }

    @Test
    void runsAnEqualCallBesideTheOtherWhenToldTo() {
        running("1", "hello");
        session.tell(new SubmitCall(submit("2", "hello").call(), true));
        fixture.expectAsk();
    }

    @Test
    void h4_aCallRefusedForCapacityRunsWhenItIsSentAgain() {
        Provider.Ask first = running("1", "a");
        running("2", "b");
        session.tell(submit("3", "c"));
        assertThat(fixture.expectAnswer().answer()).contains("OVER_CAPACITY", "retryAfterMs");
        answer(first, "done");
        fixture.expectAnswer();
        running("3", "c");
    }

    @Test
    void h12_aCallThatGetsNoPermitIsRefusedWithADelayAndNeverSaidToHaveStarted() {
        TestProbe<Quota.Grant> grants = fixture.kit.createTestProbe(Quota.Grant.class);
        List<TestProbe<Void>> holders = new ArrayList<>();
        for (int taken = 0; taken < PERMITS + WAITING; taken++) {
            TestProbe<Void> holder = fixture.kit.createTestProbe();
            holders.add(holder);
            fixture.quota.tell(new Quota.Acquire("others", holder.ref(), grants.ref()));
        }
        session.tell(submit("1", "hello"));
        assertThat(fixture.client.receiveMessage()).isEqualTo(new ToClient.TakenOn("1"));
        assertThat(fixture.expectAnswer().answer()).contains("OVER_CAPACITY", "retryAfterMs");
        holders.forEach(TestProbe::stop);
        fixture.client.awaitAssert(() -> {
            session.tell(submit("1", "hello"));
            return fixture.provider.receiveMessage();
        });
    }

    @Test
    void travelsBetweenNodes() {
        ActorRef<ToClient> client = fixture.client.ref();
        List.of(
                        submit("1", "hello"),
                        withdraw("1"),
                        new SessionCommand.Recall(CONNECTION, client),
                        new ToClient.TakenOn("1"),
                        new ToClient.Started("1", 1),
                        new ToClient.Underway("1", "chat"),
                        new ToClient.Duplicate("2", "1"),
                        new ToClient.Withdrawn("1", true))
                .forEach(message -> fixture.kit.serializationTestKit().verifySerialization(message, true));
    }

    @Test
    void h9_anEqualCallOfAnotherSessionIsNoDuplicate() {
        running("1", "hello");
        TestProbe<ToClient> other = fixture.kit.createTestProbe(ToClient.class);
        ActorRef<SessionCommand> stranger = fixture.start("another-session");
        stranger.tell(attach(CONNECTION, true, other.ref()));
        other.expectMessageClass(ToClient.Attached.class);
        SessionCommand.CallTool call = submit("1", "hello").call();
        stranger.tell(new SubmitCall(new SessionCommand.CallTool(CONNECTION, call.request(), other.ref()), false));
        assertThat(other.receiveMessage()).isEqualTo(new ToClient.TakenOn("1"));
        answer(fixture.expectAsk(), "for the other");
    }

    @Test
    void h10_anEndedCallIsRunAnewUnderANewId() {
        answer(running("1", "continue"), "first");
        assertThat(fixture.expectAnswer().answer()).contains("first");
        answer(running("2", "continue"), "second");
        assertThat(fixture.expectAnswer().answer()).contains("second");
    }

    @Test
    void h16_aFailedCallIsAnsweredAgainAndNeverWaitedForInVain() {
        fail(running("1", "hello"), ProviderFailure.Kind.INTERNAL);
        assertThat(fixture.expectAnswer().answer()).contains("INTERNAL_ERROR");
        session.tell(submit("1", "hello"));
        assertThat(fixture.expectAnswer().answer()).contains("INTERNAL_ERROR");
    }

    @Test
    void tellsWhetherThereWasACallToWithdraw() {
        Provider.Ask ask = running("1", "hello");
        session.tell(withdraw("1"));
        fixture.kit.createTestProbe().expectTerminated(ask.replyTo());
        assertThat(fixture.client.receiveMessage()).isEqualTo(new ToClient.Withdrawn("1", true));
        session.tell(withdraw("1"));
        assertThat(fixture.client.receiveMessage()).isEqualTo(new ToClient.Withdrawn("1", false));
        running("1", "hello");
    }

    @Test
    void tellsWhatRunsToAConnectionThatComesBack() {
        running("1", "hello");
        TestProbe<ToClient> back = fixture.kit.createTestProbe(ToClient.class);
        session.tell(attach("back", false, back.ref()));
        back.expectMessageClass(ToClient.Attached.class);
        session.tell(new SessionCommand.Recall("back", back.ref()));
        assertThat(back.receiveMessage()).isEqualTo(new ToClient.Underway("1", "chat"));
    }

    private Provider.Ask running(String id, String prompt) {
        session.tell(submit(id, prompt));
        Provider.Ask ask = fixture.expectAsk();
        assertThat(fixture.client.receiveMessage()).isEqualTo(new ToClient.TakenOn(id));
        fixture.client.expectMessageClass(ToClient.Started.class);
        return ask;
    }

    private SubmitCall submit(String id, String prompt) {
        return new SubmitCall(op(fixture.chat(id, prompt)), false);
    }

    private static SessionCommand.CallTool op(SessionCommand.CallTool call) {
        return new SessionCommand.CallTool(
                call.connection(),
                new ToolRequest(
                        call.request().requestId(),
                        call.request().tool(),
                        call.request().arguments(),
                        null,
                        Submissions.REVISION,
                        null,
                        null),
                call.replyTo());
    }

    private Withdraw withdraw(String id) {
        return new Withdraw(new CancelCall(CONNECTION, id, "enough"), fixture.client.ref());
    }
}
