package io.exai.server.session;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionState;
import io.exai.server.session.SessionCommand.CallTool;
import io.exai.server.session.SessionCommand.Recall;
import io.exai.server.session.SessionCommand.SubmitCall;
import io.exai.server.session.SessionCommand.Withdraw;
import java.util.Optional;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;

/** Calls whose client hears how they go, and which do not do the work of an equal call a second time beside it. */
public final class Submissions {
    /** What submitted calls have in the place of a revision of MCP. */
    public static final String REVISION = "op";

    private final Calls calls;
    private final SessionParts parts;
    private final EffectFactories<SessionEvent, SessionState> effects;

    Submissions(Calls calls, SessionParts parts, EffectFactories<SessionEvent, SessionState> effects) {
        this.calls = calls;
        this.parts = parts;
        this.effects = effects;
    }

    Effect<SessionEvent, SessionState> submit(OpenSession state, SubmitCall submitted) {
        Calls.Entry call = entry(submitted);
        if (!isJournaled(call)) {
            call.replyTo().tell(new ToClient.TakenOn(call.requestId()));
            call.replyTo()
                    .tell(new ToClient.Started(
                            call.requestId(), calls.timeout(call.tool()).toMillis()));
            return calls.callTool(state, call);
        } else if (calls.isUnderway(state, call)) {
            call.replyTo().tell(new ToClient.Underway(call.requestId(), call.tool()));
            return effects.none();
        }
        Optional<String> twin =
                submitted.apart() || calls.isKnown(state, call) ? Optional.empty() : calls.twin(state, call);
        if (twin.isPresent()) {
            call.replyTo().tell(new ToClient.Duplicate(call.requestId(), twin.get()));
            return effects.none();
        }
        return calls.callTool(state, call);
    }

    /** The edge asks whether the call is known still; its client has said nothing new, and is told nothing new. */
    Effect<SessionEvent, SessionState> retold(OpenSession state, SubmitCall submitted) {
        Calls.Entry call = entry(submitted);
        if (calls.isUnderway(state, call)) {
            call.replyTo().tell(new ToClient.TakenOn(call.requestId()));
            return effects.none();
        }
        return calls.callTool(state, call);
    }

    Effect<SessionEvent, SessionState> recall(OpenSession state, Recall recall) {
        state.running()
                .values()
                .forEach(call -> recall.replyTo().tell(new ToClient.Underway(call.requestId(), call.tool())));
        return effects.none();
    }

    Effect<SessionEvent, SessionState> withdraw(OpenSession state, Withdraw withdraw) {
        boolean found = calls.canCancel(state, withdraw.cancel());
        ToClient told = new ToClient.Withdrawn(withdraw.cancel().requestId(), found);
        return calls.cancel(
                        state,
                        found ? withdraw.cancel().requestId() : "",
                        withdraw.cancel().reason())
                .thenRun((SessionState after) -> withdraw.replyTo().tell(told));
    }

    private static Calls.Entry entry(SubmitCall submitted) {
        CallTool asked = submitted.call();
        return new Calls.Entry(asked.request(), null, asked.replyTo());
    }

    private boolean isJournaled(Calls.Entry call) {
        return parts.tools()
                .toolbox()
                .find(call.tool())
                .map(tool -> tool.policy().journaled())
                .orElse(true);
    }
}
