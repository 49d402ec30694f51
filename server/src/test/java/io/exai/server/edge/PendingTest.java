package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import io.exai.server.session.ToolRequest;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/** What is told again, and what a session that asks back is told. */
class PendingTest {
    private static final long JUST_OLD_ENOUGH = 500_000_001L;

    private final FakeGate gate = new FakeGate();
    private final ActorRef<ToClient> self = TestInbox.<ToClient>create().getRef();
    private long now;
    private final Pending pending = new Pending(gate, () -> now);

    @Test
    void tellsAgainWhatHasNoAnswerAndIsNotOnItsWay() {
        SessionCommand.Call first = tell("1");
        now += JUST_OLD_ENOUGH;
        tell("2");
        pending.tellAgain();
        assertThat(told()).containsExactly(new SessionCommand.Retold(first));
        pending.answered("1");
        now += JUST_OLD_ENOUGH - 1;
        pending.tellAgain();
        assertThat(told()).isEmpty();
    }

    @Test
    void tellsEvenAFreshCallAgainToASessionThatLostIt() {
        SessionCommand.Call call = tell("1");
        pending.tellAllAgain();
        assertThat(told()).containsExactly(new SessionCommand.Retold(call));
        pending.unheard("1");
        assertThat(told()).containsExactly(call);
    }

    @Test
    void tellsAFreshCallToASessionThatDoesNotKnowIt() {
        SessionCommand.Call call = tell("1");
        now += JUST_OLD_ENOUGH;
        pending.tellAgain();
        pending.tellAgain();
        told();
        pending.unheard("1");
        pending.unheard("1");
        assertThat(told()).containsExactly(call);
        pending.tellAgain();
        assertThat(told()).isEmpty();
        now += JUST_OLD_ENOUGH;
        pending.tellAgain();
        assertThat(told()).containsExactly(new SessionCommand.Retold(call));
    }

    @Test
    void runsNothingForACallThatHasItsAnswer() {
        tell("1");
        now += JUST_OLD_ENOUGH;
        pending.tellAgain();
        pending.answered("1");
        told();
        pending.unheard("1");
        assertThat(told()).isEmpty();
    }

    private SessionCommand.Call tell(String id) {
        SessionCommand.Call call =
                new SessionCommand.CallTool("c", new ToolRequest(id, "chat", "{}", null, "r", null, null), self);
        pending.tell(id, "session", call);
        assertThat(told()).containsExactly(call);
        return call;
    }

    private List<SessionCommand> told() {
        return gate.take().stream().map(FakeGate.Told::command).toList();
    }
}
