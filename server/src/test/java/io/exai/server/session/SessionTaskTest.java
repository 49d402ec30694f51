package io.exai.server.session;

import static io.exai.server.session.SessionFixture.CONNECTION;
import static io.exai.server.session.SessionFixture.QUIET;
import static io.exai.server.session.SessionFixture.REVISION;
import static io.exai.server.session.SessionFixture.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.session.SessionEvent.CallAccepted;
import io.exai.persistence.session.TaskTerms;
import io.exai.provider.actor.Provider;
import io.exai.server.change.Change;
import io.exai.server.change.TaskView;
import io.exai.server.session.SessionCommand.ListTasks;
import io.exai.server.session.SessionCommand.OnTask;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that are tasks: their client asks for the outcome when it likes. */
class SessionTaskTest {
    private static final Duration TTL = Duration.ofMinutes(1);

    private final SessionFixture fixture = new SessionFixture();
    private final TestProbe<TaskReply> asker = fixture.kit.createTestProbe(TaskReply.class);

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void writesATaskDownBeforeItTellsTheClient() {
        ActorRef<SessionCommand> session = fixture.open();

        session.tell(chat("1", "hello"));

        TaskView task =
                fixture.client.expectMessageClass(ToClient.TaskStarted.class).task();
        assertThat(task.taskId()).isEqualTo("task-1");
        assertThat(task.status()).isEqualTo("working");
        assertThat(task.ttlMillis()).isEqualTo(TTL.toMillis());
        assertThat(fixture.events())
                .last()
                .isInstanceOfSatisfying(
                        CallAccepted.class,
                        accepted -> assertThat(accepted.task()).isEqualTo(terms("1")));
    }

    @Test
    void keepsTheOutcomeForWhoAsks() {
        ActorRef<SessionCommand> session = fixture.open();
        Provider.Ask ask = started(session, chat("1", "hello"));
        assertThat(found(session, new TaskAction.Get()).status()).isEqualTo("working");

        answer(ask, "hi");

        assertThat(found(session, new TaskAction.AwaitResult()).result()).contains("hi");
        assertThat(found(session, new TaskAction.Get()).status()).isEqualTo("completed");
        fixture.client.expectNoMessage(QUIET);
        assertThat(fixture.changes)
                .filteredOn(Change.Task.class::isInstance)
                .extracting(change -> ((Change.Task) change).task().status())
                .contains("completed");
    }

    /** Once, however often it asked: a question may have been put again because a node died. */
    @Test
    void answersWhoWaitsWhenTheTaskIsOver() {
        ActorRef<SessionCommand> session = fixture.open();
        Provider.Ask ask = started(session, chat("1", "hello"));
        session.tell(on(new TaskAction.AwaitResult()));
        session.tell(on(new TaskAction.AwaitResult()));
        asker.expectNoMessage(QUIET);

        answer(ask, "y".repeat(300));

        assertThat(asker.expectMessageClass(TaskReply.Found.class).task().result())
                .contains("y".repeat(300));
        asker.expectNoMessage(QUIET);
    }

    @Test
    void answersWhoWaitsWhenTheSessionEnds() {
        ActorRef<SessionCommand> session = fixture.open();
        started(session, chat("1", "hello"));
        session.tell(on(new TaskAction.AwaitResult()));
        asker.expectNoMessage(QUIET);

        session.tell(new SessionCommand.End(
                "alice", fixture.kit.createTestProbe(SessionCommand.Known.class).ref()));

        asker.expectMessageClass(TaskReply.class);
    }

    @Test
    void stopsTheWorkOfACancelledTask() {
        ActorRef<SessionCommand> session = fixture.open();
        Provider.Ask ask = started(session, chat("1", "hello"));

        assertThat(found(session, new TaskAction.Cancel()).status()).isEqualTo("cancelled");

        asker.expectTerminated(ask.replyTo());
        session.tell(on(new TaskAction.Cancel()));
        asker.expectMessageClass(TaskReply.Unfit.class);
        fixture.client.expectNoMessage(QUIET);
    }

    @Test
    void takesInputsAsTheyCome() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(task("1", "names", "{}"));
        fixture.client.expectMessageClass(ToClient.TaskStarted.class);
        awaitStatus(session, "input_required");

        TaskView half = found(session, new TaskAction.Update("{\"first\":" + value("Ada") + ",\"third\":{}}"));
        assertThat(half.status()).isEqualTo("input_required");
        assertThat(half.inputRequests()).contains("second").doesNotContain("first");
        TaskView full = found(session, new TaskAction.Update("{\"second\":" + value("Byron") + "}"));
        assertThat(full.status()).isEqualTo("working");
        fixture.time.timePasses(ScriptedTools.WORK);

        assertThat(found(session, new TaskAction.AwaitResult()).result()).contains("Ada Byron");
    }

    @Test
    void asksWhoFollowsItWhatItWantsToKnow() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(task("1", "names", "{}"));
        fixture.client.expectMessageClass(ToClient.TaskStarted.class);
        awaitStatus(session, "input_required");

        TestProbe<ToClient> listener = fixture.stream();
        assertThat(found(session, new TaskAction.Follow(listener.ref())).status())
                .isEqualTo("input_required");
        ToClient.Asked first = listener.expectMessageClass(ToClient.Asked.class);
        ToClient.Asked second = listener.expectMessageClass(ToClient.Asked.class);
        session.tell(new SessionCommand.Respond("alice", first.id(), value("Ada"), null));
        session.tell(new SessionCommand.Respond("alice", second.id(), value("Byron"), null));
        awaitStatus(session, "working");
        fixture.time.timePasses(ScriptedTools.WORK);
        assertThat(found(session, new TaskAction.AwaitResult()).result()).contains("Ada Byron");
    }

    @Test
    void doesNothingWithAnUpdateThatIsNoObject() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(task("1", "name", "{}"));
        fixture.client.expectMessageClass(ToClient.TaskStarted.class);
        awaitStatus(session, "input_required");

        assertThat(found(session, new TaskAction.Update("[1]")).status()).isEqualTo("input_required");
        assertThat(found(session, new TaskAction.Update("{ broken")).status()).isEqualTo("input_required");
    }

    @Test
    void keepsATaskForItsTimeToTheMillisecond() {
        ActorRef<SessionCommand> session = fixture.open();
        answer(started(session, chat("1", "hello")), "hi");
        found(session, new TaskAction.AwaitResult());

        fixture.clock.advance(TTL.minusMillis(1));
        found(session, new TaskAction.Get());
        fixture.clock.advance(Duration.ofMillis(1));
        found(session, new TaskAction.Get());
        fixture.clock.advance(Duration.ofMillis(1));
        session.tell(on(new TaskAction.Get()));

        asker.expectMessageClass(TaskReply.NotFound.class);
        session.tell(new ListTasks("alice", asker.ref()));
        assertThat(asker.expectMessageClass(TaskReply.Listed.class).tasks()).isEmpty();
    }

    @Test
    void givesUpATaskThatNobodyGivesInputWithinItsTime() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(task("1", "name", "{}"));
        fixture.client.expectMessageClass(ToClient.TaskStarted.class);
        awaitStatus(session, "input_required");

        fixture.time.timePasses(TTL);

        assertThat(found(session, new TaskAction.AwaitResult()).status()).isEqualTo("failed");
    }

    @Test
    void survivesACrashWhileItWorks() {
        ActorRef<SessionCommand> session = fixture.open();
        started(session, chat("1", "hello"));
        fixture.crash(session);

        ActorRef<SessionCommand> reborn = fixture.start();
        reborn.tell(on(new TaskAction.AwaitResult()));
        answer(fixture.expectAsk(), "hi");

        assertThat(asker.expectMessageClass(TaskReply.Found.class).task().result())
                .contains("hi");
    }

    @Test
    void answersWhoWaitsForATaskThatACrashEnded() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(task("1", "once", "{}"));
        fixture.client.expectMessageClass(ToClient.TaskStarted.class);
        fixture.crash(session);

        fixture.start().tell(on(new TaskAction.AwaitResult()));

        TaskView task = asker.expectMessageClass(TaskReply.Found.class).task();
        assertThat(task.status()).isEqualTo("failed");
        assertThat(task.error()).contains("SERVICE_UNAVAILABLE");
    }

    @Test
    void survivesACrashWhileItWantsInput() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(task("1", "name", "{}"));
        fixture.client.expectMessageClass(ToClient.TaskStarted.class);
        awaitStatus(session, "input_required");
        fixture.crash(session);

        ActorRef<SessionCommand> reborn = fixture.start();
        awaitStatus(reborn, "input_required");
        found(reborn, new TaskAction.Update("{\"name\":" + value("Ada") + "}"));
        fixture.time.timePasses(ScriptedTools.WORK);

        assertThat(found(reborn, new TaskAction.AwaitResult()).result()).contains("Ada");
    }

    @Test
    void listsTheTasksThatLiveOldestFirst() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(chat("1", "one"));
        fixture.client.expectMessageClass(ToClient.TaskStarted.class);
        fixture.clock.advance(Duration.ofSeconds(1));
        session.tell(chat("2", "two"));
        fixture.client.expectMessageClass(ToClient.TaskStarted.class);
        Map<String, Provider.Ask> asks = fixture.expectAsks(2);
        answer(asks.get("two"), "2");
        session.tell(new OnTask("alice", "task-2", new TaskAction.AwaitResult(), asker.ref()));
        asker.expectMessageClass(TaskReply.Found.class);

        session.tell(new ListTasks("alice", asker.ref()));

        assertThat(asker.expectMessageClass(TaskReply.Listed.class).tasks())
                .extracting(TaskView::taskId, TaskView::status, TaskView::result)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("task-1", "working", null),
                        org.assertj.core.groups.Tuple.tuple("task-2", "completed", null));
    }

    @Test
    void tellsTheSameTaskToAClientThatSendsItsRequestAgain() {
        ActorRef<SessionCommand> session = fixture.open();
        started(session, chat("1", "hello"));

        session.tell(chat("1", "hello"));

        assertThat(fixture.client
                        .expectMessageClass(ToClient.TaskStarted.class)
                        .task()
                        .taskId())
                .isEqualTo("task-1");
        fixture.provider.expectNoMessage(QUIET);
    }

    @Test
    void refusesAnotherTaskUnderARunningId() {
        ActorRef<SessionCommand> session = fixture.open();
        started(session, chat("1", "hello"));

        session.tell(chat("1", "something else"));

        fixture.client.expectMessageClass(ToClient.Rejected.class);
    }

    @Test
    void showsStrangersNothing() {
        ActorRef<SessionCommand> session = fixture.open();
        started(session, chat("1", "hello"));

        session.tell(new OnTask("mallory", "task-1", new TaskAction.Get(), asker.ref()));
        asker.expectMessageClass(TaskReply.NotFound.class);
        session.tell(new OnTask("mallory", "task-1", new TaskAction.Cancel(), asker.ref()));
        asker.expectMessageClass(TaskReply.NotFound.class);
        session.tell(new ListTasks("mallory", asker.ref()));
        asker.expectMessageClass(TaskReply.NotFound.class);

        assertThat(found(session, new TaskAction.Get()).status()).isEqualTo("working");
    }

    private Provider.Ask started(ActorRef<SessionCommand> session, SessionCommand call) {
        session.tell(call);
        fixture.client.expectMessageClass(ToClient.TaskStarted.class);
        return fixture.expectAsk();
    }

    private TaskView found(ActorRef<SessionCommand> session, TaskAction action) {
        session.tell(on(action));
        return asker.expectMessageClass(TaskReply.Found.class).task();
    }

    private OnTask on(TaskAction action) {
        return new OnTask("alice", "task-1", action, asker.ref());
    }

    private void awaitStatus(ActorRef<SessionCommand> session, String status) {
        asker.awaitAssert(() -> {
            assertThat(found(session, new TaskAction.Get()).status()).isEqualTo(status);
            return status;
        });
    }

    private static String value(String value) {
        return "{\"action\":\"accept\",\"content\":{\"value\":\"" + value + "\"}}";
    }

    private SessionCommand chat(String id, String prompt) {
        return task(id, "chat", "{\"prompt\":\"" + prompt + "\"}");
    }

    private SessionCommand task(String id, String tool, String arguments) {
        return new SessionCommand.CallTool(
                CONNECTION,
                new ToolRequest(id, tool, arguments, "\"token\"", REVISION, null, terms(id)),
                fixture.client.ref());
    }

    private TaskTerms terms(String id) {
        return new TaskTerms("task-" + id, TTL.toMillis(), fixture.clock.instant());
    }
}
