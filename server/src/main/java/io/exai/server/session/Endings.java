package io.exai.server.session;

import io.exai.persistence.session.Failure;
import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.Payload;
import io.exai.persistence.session.RunningCall;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.CallAnswered;
import io.exai.persistence.session.SessionEvent.CallCancelled;
import io.exai.persistence.session.SessionEvent.CallFailed;
import io.exai.persistence.session.SessionEvent.CallRefused;
import io.exai.persistence.session.SessionEvent.CallRejected;
import io.exai.persistence.session.SessionState;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.server.session.SessionSignal.AnswerStored;
import io.exai.server.session.SessionSignal.CallOverdue;
import io.exai.server.session.SessionSignal.WorkStopped;
import io.exai.server.tool.RunReport;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;

/** How calls end: each exactly once, in the journal before anybody is told. */
final class Endings {
    private final CallParts own;
    private final SessionParts parts;
    private final EffectFactories<SessionEvent, SessionState> effects;

    Endings(CallParts own) {
        this.own = own;
        this.parts = own.parts();
        this.effects = own.effects();
    }

    Effect<SessionEvent, SessionState> answered(RunningCall call, String answer) {
        Optional<Payload> inline = own.contents().inline(answer);
        if (inline.isPresent()) {
            return write(call, inline.get());
        }
        own.context()
                .pipeToSelf(
                        own.contents().write(answer), (stored, failure) -> new AnswerStored(call.requestId(), stored));
        return effects.none();
    }

    Effect<SessionEvent, SessionState> answerStored(OpenSession state, AnswerStored stored) {
        RunningCall call = state.running().get(stored.requestId());
        if (call == null) {
            return effects.none();
        }
        return stored.stored() == null
                ? fail(call, ErrorCode.SERVICE_UNAVAILABLE, "the answer could not be stored", 1_000)
                : write(call, stored.stored());
    }

    private Effect<SessionEvent, SessionState> write(RunningCall call, Payload answer) {
        return effects.persist(
                        new CallAnswered(call.requestId(), answer, parts.clock().instant()))
                .thenRun((OpenSession open) -> {
                    parts.counters().answer(call.tool());
                    own.log().answered(call);
                    ended(open, call);
                });
    }

    Effect<SessionEvent, SessionState> rejected(RunningCall call, RpcError error) {
        String text = WireJson.write(error.toJson());
        return effects.persist(new CallRejected(
                        call.requestId(),
                        Payload.inline(text, text.getBytes(StandardCharsets.UTF_8).length),
                        parts.clock().instant()))
                .thenRun((OpenSession open) -> {
                    parts.counters().fail(call.tool());
                    ended(open, call);
                });
    }

    /** A call that never started leaves its id free, so that the client can send it again as it is. */
    Effect<SessionEvent, SessionState> failed(RunningCall call, RunReport.Failed failed) {
        Failure failure =
                new Failure(failed.code().name(), failed.message(), failed.retryable(), failed.retryAfterMillis());
        if (failed.started() || call.task() != null || !own.outbox().reaches(call)) {
            return fail(call, failure);
        }
        return effects.persist(
                        new CallRefused(call.requestId(), failure, parts.clock().instant()))
                .thenRun((OpenSession open) -> {
                    over(call, failure);
                    own.outbox()
                            .tell(
                                    call,
                                    new ToClient.Answered(
                                            call.requestId(),
                                            call.revision(),
                                            0,
                                            Answers.error(failure),
                                            false,
                                            call.attempt(),
                                            false));
                    if (call.stream() != null) {
                        own.outbox().streams().endIfOver(open, call.stream());
                    }
                });
    }

    Effect<SessionEvent, SessionState> fail(RunningCall call, ErrorCode code, String why, long retryAfter) {
        return fail(call, new Failure(code.name(), why, true, retryAfter));
    }

    Effect<SessionEvent, SessionState> fail(RunningCall call, Failure failure) {
        return effects.persist(
                        new CallFailed(call.requestId(), failure, parts.clock().instant()))
                .thenRun((OpenSession open) -> {
                    over(call, failure);
                    ended(open, call);
                });
    }

    private void over(RunningCall call, Failure failure) {
        parts.counters().fail(call.tool());
        own.log().failed(call, failure);
    }

    Effect<SessionEvent, SessionState> workStopped(OpenSession state, WorkStopped stopped) {
        RunningCall call = state.running().get(stopped.requestId());
        if (call == null || !own.work().isRun(stopped.requestId(), stopped.run())) {
            return effects.none();
        }
        own.work().over(stopped.requestId());
        return fail(call, ErrorCode.INTERNAL_ERROR, "the call broke down; the log of the daemon tells why", 0);
    }

    Effect<SessionEvent, SessionState> callOverdue(OpenSession state, CallOverdue late) {
        RunningCall call = state.running().get(late.requestId());
        own.work().interrupt(late.requestId());
        return call == null
                ? effects.none()
                : fail(call, ErrorCode.TIMEOUT, call.tool() + " did not end in time and was given up", 0);
    }

    EffectBuilder<SessionEvent, SessionState> cancel(OpenSession state, String requestId, String reason) {
        RunningCall call = state.running().get(requestId);
        if (call == null) {
            return effects.none();
        }
        return effects.persist(
                        new CallCancelled(requestId, reason, parts.clock().instant()))
                .thenRun((OpenSession open) -> {
                    parts.counters().cancel(call.tool());
                    own.log().cancelled(call);
                    own.work().interrupt(requestId);
                    ended(open, call);
                });
    }

    /** Tells whoever waits for a call that has ended. */
    void ended(OpenSession open, RunningCall call) {
        own.rounds().close(call.requestId());
        own.outbox().deliver(open, call.requestId());
        own.tasks().changed(open, call.requestId());
    }
}
