package io.exai.server.session;

import static io.exai.server.session.SessionFixture.CONNECTION;
import static io.exai.server.session.SessionFixture.answer;
import static io.exai.server.session.SessionFixture.attach;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.session.Payload;
import io.exai.persistence.session.SessionState;
import io.exai.protocol.error.ErrorCode;
import io.exai.server.change.TaskView;
import io.exai.server.session.SessionCommand.FromOutside;
import io.exai.server.tool.RunReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every command in every state, and the way back from the journal. */
class SessionLifecycleTest {
    private final SessionFixture fixture = new SessionFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void answersEveryCommandInEveryState() {
        TestProbe<ToClient> asking = fixture.kit.createTestProbe(ToClient.class);
        List<Class<?>> sampled = new ArrayList<>();
        samples(asking).forEach(sample -> sampled.add(sample.getClass()));
        assertThat(sampled).as("one sample of each command").containsAll(commands());
        List<Supplier<ActorRef<SessionCommand>>> states = List.of(this::fresh, this::open, this::ended);
        for (Supplier<ActorRef<SessionCommand>> state : states) {
            for (int i = 0; i < sampled.size(); i++) {
                TestProbe<ToClient> replies = fixture.kit.createTestProbe(ToClient.class);
                SessionCommand command = samples(replies).get(i);
                ActorRef<SessionCommand> session = state.get();
                session.tell(command);
                assertLives(session, command, replies);
                fixture.crash(session);
                fixture.journal.clearAll();
            }
        }
    }

    /** Edges, sweepers and sessions may be on different nodes. */
    @Test
    void takesEveryCommandFromAnotherNode() {
        TestProbe<ToClient> replies = fixture.kit.createTestProbe(ToClient.class);
        var wire = fixture.kit.serializationTestKit();
        samples(replies).stream()
                .filter(SessionCommand.FromOutside.class::isInstance)
                .forEach(command -> wire.verifySerialization(command, true));
        SessionCommand.CallTool call = fixture.chat("1", "hello");
        List<SessionCommand.Call> calls = List.of(
                call,
                new SessionCommand.CallOnStream("alice", "s", true, call.request(), replies.ref()),
                new SessionCommand.SubmitCall(call, true));
        calls.forEach(told -> wire.verifySerialization(new SessionCommand.Retold(told), true));
        wire.verifySerialization(new ToClient.Unheard("1"), true);
    }

    @Test
    void rebuildsTheSameStateFromItsJournal() {
        ActorRef<SessionCommand> session = fixture.open();
        for (int i = 0; i < 20; i++) {
            session.tell(fixture.chat("" + i, "prompt " + i));
            answer(fixture.expectAsk(), "answer " + i);
            fixture.expectAnswer();
        }
        session.tell(fixture.chat("100", "still running"));
        fixture.expectAsk();
        SessionState folded = fixture.state();
        fixture.crash(session);

        fixture.start();
        fixture.expectAsk();

        assertThat(fixture.events()).hasSize(2 + 41 + 1);
        assertThat(folded).isEqualTo(folded());
    }

    /** The state without the repeated attempt that the restart added. */
    private SessionState folded() {
        SessionState state = new SessionState.Fresh();
        for (var event : fixture.events().subList(0, fixture.events().size() - 1)) {
            state = event.applyTo(state);
        }
        return state;
    }

    private ActorRef<SessionCommand> fresh() {
        return fixture.start();
    }

    private ActorRef<SessionCommand> open() {
        return fixture.open(fixture.kit.createTestProbe(ToClient.class));
    }

    private ActorRef<SessionCommand> ended() {
        fixture.crash(open());
        fixture.clock.advance(Duration.ofHours(2));
        ActorRef<SessionCommand> session = fixture.start();
        session.tell(new SessionCommand.Sweep());
        fixture.client.awaitAssert(() -> {
            assertThat(fixture.state()).isInstanceOf(SessionState.Ended.class);
            return null;
        });
        return session;
    }

    private void assertLives(ActorRef<SessionCommand> session, SessionCommand sent, TestProbe<ToClient> replies) {
        TestProbe<SessionCommand.Known> asker = fixture.kit.createTestProbe(SessionCommand.Known.class);
        if (sent instanceof SessionCommand.Stop) {
            asker.expectTerminated(session);
            return;
        }
        session.tell(new SessionCommand.Check("alice", asker.ref()));
        assertThat(asker.receiveMessage()).as("after %s", sent).isNotNull();
        if (sent instanceof SessionCommand.Attach
                || (sent instanceof SessionCommand.CallTool call
                        && call.request().tool().equals("version"))) {
            assertThat(replies.receiveMessage()).as("reply to %s", sent).isNotNull();
        }
    }

    private static List<Class<?>> commands() {
        return Stream.of(FromOutside.class, SessionSignal.class)
                .flatMap(SessionLifecycleTest::kinds)
                .toList();
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SessionLifecycleTest::kinds)
                : Stream.of(type);
    }

    private List<SessionCommand> samples(TestProbe<ToClient> replies) {
        ActorRef<ToClient> client = replies.ref();
        var known = fixture.kit.createTestProbe(SessionCommand.Known.class).ref();
        var task = fixture.kit.createTestProbe(TaskReply.class).ref();
        SessionCommand.Attach attach = attach("other", false, client);
        SessionCommand.CallTool call = new SessionCommand.CallTool(
                CONNECTION, new ToolRequest("1", "version", "{}", null, SessionFixture.REVISION, null, null), client);
        ToClient.Answered answered = new ToClient.Answered("1", SessionFixture.REVISION, 1, "{}", false, 1, true);
        return List.of(
                new SessionCommand.Describe(
                        "alice",
                        fixture.kit
                                .createTestProbe(SessionCommand.Described.class)
                                .ref()),
                new SessionCommand.Check(
                        "alice",
                        fixture.kit.createTestProbe(SessionCommand.Known.class).ref()),
                attach,
                new SessionCommand.Detach(CONNECTION),
                new SessionCommand.Touch(CONNECTION, client),
                call,
                new SessionCommand.SubmitCall(call, false),
                new SessionCommand.Retold(call),
                new SessionCommand.Recall(CONNECTION, client),
                new SessionCommand.CancelCall(CONNECTION, "1", ""),
                new SessionCommand.Withdraw(new SessionCommand.CancelCall(CONNECTION, "1", ""), client),
                new SessionCommand.Acknowledge(CONNECTION, 1),
                new SessionCommand.Sweep(),
                new SessionCommand.Stop(),
                new SessionSignal.Admitted(attach, false),
                new SessionSignal.ArgumentsStored(
                        new Calls.Entry(call.request(), null, client), Payload.inline("{}", 2)),
                new SessionSignal.ArgumentsRead("1", "{}"),
                new SessionSignal.WorkReported(new RunReport.Succeeded("1", "{}")),
                new SessionSignal.WorkReported(new RunReport.Failed("1", true, ErrorCode.TIMEOUT, "late", true, 0)),
                new SessionSignal.AnswerStored("1", null),
                new SessionSignal.WorkStopped("1", client),
                new SessionSignal.CallOverdue("1"),
                new SessionSignal.AnswerRead(CONNECTION, answered),
                new SessionSignal.AcknowledgementsDue(),
                new SessionSignal.WokenWithWork(),
                new SessionSignal.TakeUp("1"),
                new SessionSignal.IdleCheck(),
                new SessionSignal.ConnectionLost(CONNECTION),
                new SessionCommand.CallOnStream("alice", "s", true, call.request(), client),
                new SessionCommand.Resume("alice", "s", 0, client),
                new SessionCommand.CancelOnStream("alice", "1", ""),
                new SessionCommand.Open("alice", "c", SessionFixture.REVISION, null, client),
                new SessionCommand.End("alice", known),
                new SessionCommand.Respond("alice", "\"x\"", "{}", null),
                new SessionCommand.Subscribe("alice", "exai://models", true, known),
                new SessionCommand.SetLogLevel("alice", "info", known),
                new SessionCommand.OnTask("alice", "t", new TaskAction.Get(), task),
                new SessionCommand.ListTasks("alice", task),
                new SessionSignal.TaskRead(new TaskView("t", "working", null, "", "", 1, null, null, null), task),
                new SessionSignal.StreamAnswerRead("s", answered),
                new SessionSignal.StreamLost(client));
    }
}
