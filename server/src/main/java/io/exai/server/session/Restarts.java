package io.exai.server.session;

import io.exai.persistence.session.Failure;
import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.RunningCall;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.CallFailed;
import io.exai.persistence.session.SessionEvent.CallRepeated;
import io.exai.persistence.session.SessionState;
import io.exai.protocol.error.ErrorCode;
import io.exai.server.session.SessionSignal.ArgumentsRead;
import io.exai.server.session.SessionSignal.TakeUp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.pekko.persistence.typed.javadsl.Effect;

/** Calls that run again: those that a crash interrupted, and those whose client has given what they asked for. */
final class Restarts {
    private static final String RESTARTED = "the daemon stopped while the call ran";

    private final CallParts own;
    private final Endings endings;

    Restarts(CallParts own, Endings endings) {
        this.own = own;
        this.endings = endings;
    }

    /** Takes up the calls that a crash interrupted. */
    Effect<SessionEvent, SessionState> repeat(OpenSession state) {
        return repeat(state.running().values());
    }

    /** Takes up one call whose run had to be stopped. */
    Effect<SessionEvent, SessionState> takeUp(OpenSession state, TakeUp again) {
        RunningCall call = state.running().get(again.requestId());
        return repeat(call == null ? List.of() : List.of(call));
    }

    private Effect<SessionEvent, SessionState> repeat(Collection<RunningCall> calls) {
        Instant now = own.parts().clock().instant();
        List<SessionEvent> events = new ArrayList<>();
        List<String> again = new ArrayList<>();
        List<RunningCall> lost = new ArrayList<>();
        calls.stream()
                .filter(call ->
                        !own.work().isRunning(call.requestId()) && !own.rounds().isOpen(call.requestId()))
                .forEach(call -> {
                    if (mayRepeat(call)) {
                        again.add(call.requestId());
                        events.add(new CallRepeated(call.requestId(), call.attempt() + 1, now));
                    } else {
                        lost.add(call);
                        events.add(new CallFailed(
                                call.requestId(),
                                new Failure(ErrorCode.SERVICE_UNAVAILABLE.name(), RESTARTED, true, 0),
                                now));
                    }
                });
        if (events.isEmpty()) {
            return own.effects().none();
        }
        own.log().interrupted(events.size(), again.size());
        return own.effects().persist(events).thenRun((OpenSession open) -> {
            again.forEach(requestId -> restart(open, requestId));
            lost.forEach(call -> endings.ended(open, call));
        });
    }

    private boolean mayRepeat(RunningCall call) {
        return call.attempt() < own.parts().settings().maxAttempts()
                && own.parts()
                        .tools()
                        .toolbox()
                        .find(call.tool())
                        .filter(tool -> tool.policy().repeatable())
                        .isPresent();
    }

    void restart(OpenSession open, String requestId) {
        RunningCall call = open.running().get(requestId);
        if (call == null) {
            return;
        }
        if (call.arguments().inline() != null) {
            own.work().start(open, requestId, call.arguments().inline());
        } else {
            own.context()
                    .pipeToSelf(
                            own.contents().read(call.arguments()),
                            (arguments, failure) -> new ArgumentsRead(requestId, arguments));
        }
    }

    Effect<SessionEvent, SessionState> argumentsRead(OpenSession state, ArgumentsRead read) {
        RunningCall call = state.running().get(read.requestId());
        if (call == null
                || own.work().isRunning(read.requestId())
                || own.rounds().isOpen(read.requestId())) {
            return own.effects().none();
        }
        if (read.arguments() == null) {
            return endings.fail(call, ErrorCode.SERVICE_UNAVAILABLE, "the arguments could not be read back", 1_000);
        }
        own.work().start(state, read.requestId(), read.arguments());
        return own.effects().none();
    }
}
