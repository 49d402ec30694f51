package io.exai.server.session;

import static io.exai.server.session.SessionFixture.CONNECTION;
import static io.exai.server.session.SessionFixture.QUIET;
import static io.exai.server.session.SessionFixture.attach;
import static io.exai.server.session.SessionFixture.onStream;
import static io.exai.server.session.SessionFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.session.SessionEvent.CallContinued;
import io.exai.persistence.session.SessionEvent.CallRepeated;
import io.exai.server.session.SessionCommand.CallTool;
import io.exai.server.session.SessionCommand.Respond;
import io.exai.server.session.SessionCommand.Resume;
import io.exai.server.session.ToClient.Answered;
import io.exai.server.session.ToClient.Asked;
import io.exai.server.tool.CallContext;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that ask a legacy client before they go on. */
class SessionRoundTest {
    private final SessionFixture fixture = new SessionFixture();
    private final TestProbe<ToClient> later = fixture.stream();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void asksTheClientAndGoesOnWithWhatItGives() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.call("1", "name", "{}", null));
        Asked asked = fixture.client.expectMessageClass(Asked.class);
        assertThat(asked.method()).isEqualTo("elicitation/create");
        assertThat(asked.params()).contains("\"message\":\"name\"");

        session.tell(gives(asked, "Ada"));
        work(session);

        assertThat(fixture.expectAnswer().answer()).contains("Ada, the state");
        assertThat(fixture.events()).anyMatch(CallContinued.class::isInstance);
    }

    @Test
    void goesOnOnlyWhenAllIsThere() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.call("1", "names", "{}", null));
        Asked first = fixture.client.expectMessageClass(Asked.class);
        Asked second = fixture.client.expectMessageClass(Asked.class);
        assertThat(first.id()).isNotEqualTo(second.id());

        session.tell(gives(second, "Byron"));
        session.tell(gives(second, "again"));
        fixture.client.expectNoMessage(QUIET);
        assertThat(fixture.events()).noneMatch(CallContinued.class::isInstance);
        session.tell(gives(first, "Ada"));
        work(session);

        assertThat(fixture.expectAnswer().answer()).contains("Ada Byron");
    }

    @Test
    void endsTheCallWhenTheClientAnswersWithAnError() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.call("1", "name", "{}", null));
        Asked asked = fixture.client.expectMessageClass(Asked.class);

        session.tell(new Respond("alice", asked.id(), null, "{\"code\":-1,\"message\":\"nobody is here\"}"));

        assertThat(fixture.expectAnswer().answer()).contains("TOOL_EXECUTION_ERROR", "nobody is here");
    }

    @Test
    void neverAsksForWhatTheClientDoesNotDeclare() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(attach("connection-2", "{\"sampling\":{}}", false, later.ref()));
        later.expectMessageClass(ToClient.Attached.class);
        session.tell(new CallTool("connection-2", request("1", "name", "{}"), later.ref()));
        assertThat(later.expectMessageClass(Answered.class).answer())
                .contains("TOOL_EXECUTION_ERROR", "name needs the client capability elicitation");

        session.tell(new CallTool("connection-2", modern("2"), later.ref()));
        Answered refused = later.expectMessageClass(Answered.class);
        assertThat(refused.rejected()).isTrue();
        assertThat(refused.answer()).contains("-32021", "{\"requiredCapabilities\":{\"elicitation\":{}}}");
    }

    private static ToolRequest modern(String requestId) {
        String context = CallContext.none()
                .of(CallContext.capabilities("{\"roots\":{}}"))
                .write();
        return new ToolRequest(requestId, "name", "{}", null, "2026-07-28", context, null);
    }

    @Test
    void ignoresAnswersOfStrangersAndToWhatNobodyAsked() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.call("1", "name", "{}", null));
        Asked asked = fixture.client.expectMessageClass(Asked.class);

        session.tell(new Respond("mallory", asked.id(), "{}", null));
        session.tell(new Respond("alice", "\"exai-1\"", "{}", null));
        session.tell(new Respond("alice", "7", null, "{}"));
        session.tell(new Respond("alice", asked.id(), "{ no JSON", null));
        fixture.client.expectNoMessage(QUIET);

        session.tell(gives(asked, "Ada"));
        work(session);
        assertThat(fixture.expectAnswer().answer()).contains("Ada");
    }

    @Test
    void asksAgainUnderTheSameIdsAfterAReconnect() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.call("1", "names", "{}", null));
        Asked first = fixture.client.expectMessageClass(Asked.class);
        Asked second = fixture.client.expectMessageClass(Asked.class);
        session.tell(gives(first, "Ada"));
        session.tell(new SessionCommand.Detach(CONNECTION));

        session.tell(attach("connection-2", false, later.ref()));
        later.expectMessageClass(ToClient.Attached.class);

        assertThat(later.expectMessageClass(Asked.class)).isEqualTo(second);
        session.tell(gives(second, "Byron"));
        work(session);
        assertThat(later.expectMessageClass(ToClient.Answered.class).answer()).contains("Ada Byron");
    }

    @Test
    void asksAgainAfterACrash() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.call("1", "name", "{}", null));
        Asked before = fixture.client.expectMessageClass(Asked.class);
        fixture.crash(session);

        ActorRef<SessionCommand> reborn = fixture.start();
        reborn.tell(attach("connection-2", false, later.ref()));
        later.expectMessageClass(ToClient.Attached.class);
        Asked asked = later.expectMessageClass(Asked.class);
        assertThat(asked.id()).isNotEqualTo(before.id());
        reborn.tell(gives(before, "too late"));
        reborn.tell(gives(asked, "Ada"));
        work(reborn);

        assertThat(later.expectMessageClass(ToClient.Answered.class).answer()).contains("Ada");
    }

    @Test
    void asksOnceOnlyThoughItCrashesInTheRoundAfter() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.call("1", "name", "{}", null));
        session.tell(gives(fixture.client.expectMessageClass(Asked.class), "Ada"));
        awaitEvent(CallContinued.class);
        fixture.crash(session);

        ActorRef<SessionCommand> reborn = fixture.start();
        awaitEvent(CallRepeated.class);
        reborn.tell(attach("connection-2", false, later.ref()));
        later.expectMessageClass(ToClient.Attached.class);
        work(reborn);

        assertThat(later.expectMessageClass(ToClient.Answered.class).answer()).contains("Ada, the state");
    }

    @Test
    void asksOnTheStreamOfTheCallAndOnItsSuccessor() {
        ActorRef<SessionCommand> session = fixture.open();
        TestProbe<ToClient> stream = fixture.stream();
        session.tell(onStream("a", request("1", "name", "{}"), stream));
        stream.expectMessageClass(ToClient.TakenOn.class);
        Asked asked = stream.expectMessageClass(Asked.class);
        stream.stop();

        session.tell(new Resume("alice", "a", 0, later.ref()));
        assertThat(later.expectMessageClass(Asked.class)).isEqualTo(asked);
        session.tell(gives(asked, "Ada"));
        work(session);

        assertThat(later.expectMessageClass(ToClient.Answered.class).answer()).contains("Ada");
        fixture.client.expectNoMessage(QUIET);
    }

    @Test
    void givesUpOnAClientThatNeverAnswers() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.call("1", "name", "{}", null));
        fixture.client.expectMessageClass(Asked.class);

        fixture.time.timePasses(Duration.ofMinutes(10).minusMillis(1));
        fixture.client.expectNoMessage(QUIET);
        fixture.time.timePasses(Duration.ofMillis(1));

        assertThat(fixture.expectAnswer().answer()).contains("TIMEOUT");
    }

    @Test
    void forgetsWhatACancelledCallWanted() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(fixture.call("1", "name", "{}", null));
        Asked asked = fixture.client.expectMessageClass(Asked.class);

        session.tell(new SessionCommand.CancelCall(CONNECTION, "1", ""));
        session.tell(gives(asked, "Ada"));

        fixture.client.expectNoMessage(QUIET);
        assertThat(fixture.events()).noneMatch(CallContinued.class::isInstance);
    }

    @Test
    void answersAModernClientWithWhatItNeedsAndASealedState() {
        ActorRef<SessionCommand> session = fixture.open();
        session.tell(new SessionCommand.CallTool(
                CONNECTION, new ToolRequest("1", "name", "{}", null, "2026-07-28", null, null), fixture.client.ref()));

        String answer = fixture.expectAnswer().answer();
        assertThat(answer)
                .contains("\"resultType\":\"input_required\"", "\"inputRequests\":{\"name\":{\"method\"")
                .contains("requestState")
                .doesNotContain("the state");
    }

    @Test
    void passesAnErrorOfTheScriptOn() {
        ActorRef<SessionCommand> session = fixture.open();

        session.tell(fixture.call("1", "rejects", "{}", null));

        ToClient.Answered answer = fixture.expectAnswer();
        assertThat(answer.rejected()).isTrue();
        assertThat(answer.answer()).contains("-32001", "as told");
        session.tell(fixture.call("2", "silent", "{}", null));
        assertThat(fixture.expectAnswer().answer()).contains("INTERNAL_ERROR", "without an answer");
    }

    static Respond gives(Asked asked, String value) {
        return new Respond(
                "alice", asked.id(), "{\"action\":\"accept\",\"content\":{\"value\":\"" + value + "\"}}", null);
    }

    /** Lets the work of the round after happen, once the session has begun it. */
    private void work(ActorRef<SessionCommand> session) {
        TestProbe<SessionCommand.Known> done = fixture.kit.createTestProbe(SessionCommand.Known.class);
        awaitEvent(CallContinued.class);
        session.tell(new SessionCommand.Check("alice", done.ref()));
        done.receiveMessage();
        Stream.generate(() -> Duration.ofSeconds(5)).limit(5).forEach(part -> {
            fixture.time.timePasses(part);
            done.expectNoMessage(Duration.ofMillis(20));
        });
    }

    private void awaitEvent(Class<?> event) {
        later.awaitAssert(() -> {
            assertThat(fixture.events()).anyMatch(event::isInstance);
            return event;
        });
    }
}
