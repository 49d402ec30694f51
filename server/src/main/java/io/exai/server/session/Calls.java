package io.exai.server.session;

import io.exai.persistence.session.CallOutcome;
import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.Payload;
import io.exai.persistence.session.RunningCall;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.CallAccepted;
import io.exai.persistence.session.SessionState;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.WireJson;
import io.exai.server.session.SessionSignal.ArgumentsStored;
import io.exai.server.tool.Inline;
import io.exai.server.tool.Tool;
import io.exai.server.tool.ToolAnswer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;
import org.jspecify.annotations.Nullable;

/** How the calls of a session are taken on: within its budget, and the same request only once. */
final class Calls {
    /** A request to run a tool, and where its answers go. */
    record Entry(ToolRequest request, @Nullable String stream, ActorRef<ToClient> replyTo) {
        String requestId() {
            return request.requestId();
        }

        String tool() {
            return request.tool();
        }

        String arguments() {
            return request.arguments();
        }

        String revision() {
            return request.revision();
        }
    }

    private final SessionParts parts;
    private final EffectFactories<SessionEvent, SessionState> effects;
    private final Outbox outbox;
    private final Tasks tasks;
    private final CallParts own;
    private final Endings endings;
    private final Map<String, String> storing = new HashMap<>();

    Calls(CallParts own, Endings endings) {
        this.own = own;
        this.endings = endings;
        this.parts = own.parts();
        this.effects = own.effects();
        this.outbox = own.outbox();
        this.tasks = own.tasks();
    }

    /** This actor has just begun, perhaps not for the first time: what ran in it before has been stopped with it. */
    void recovered() {
        storing.clear();
        own.work().forgetAll();
        own.rounds().closeAll();
    }

    /** Whether calls are running or about to. */
    boolean isBusy(OpenSession open) {
        return !storing.isEmpty() || !open.running().isEmpty();
    }

    /** Whether anything runs here that would have to be started again elsewhere. */
    boolean isWorking(OpenSession open) {
        return !storing.isEmpty() || open.running().keySet().stream().anyMatch(own.work()::isRunning);
    }

    /** Takes a call on, joins it, answers it again, or refuses it. */
    Effect<SessionEvent, SessionState> callTool(OpenSession state, Entry call) {
        Optional<Tool> tool = parts.tools().toolbox().find(call.tool());
        if (tool.isEmpty()) {
            return reject(
                    call, ErrorCode.TOOL_NOT_FOUND, parts.tools().toolbox().unknown(call.tool()), 0);
        }
        if (!tool.get().policy().journaled()) {
            String answer = WireJson.write(Inline.run(tool.get(), parts.tools().reports()));
            call.replyTo().tell(new ToClient.Answered(call.requestId(), call.revision(), 0, answer, false, 1, false));
            return effects.none();
        }
        return isKnown(state, call) ? again(state, call) : take(state, call);
    }

    /** Whether the id is that of a call that runs, or of one that has ended with an answer to the same request. */
    boolean isKnown(OpenSession state, Entry call) {
        return storing.containsKey(call.requestId())
                || state.running().containsKey(call.requestId())
                || state.finishedCall(call.requestId())
                        .filter(done -> done.outcome() != CallOutcome.CANCELLED)
                        .filter(done -> done.fingerprint().equals(fingerprint(call)))
                        .isPresent();
    }

    /** Whether that very request is being worked on. */
    boolean isUnderway(OpenSession state, Entry call) {
        RunningCall running = state.running().get(call.requestId());
        return fingerprint(call).equals(running == null ? storing.get(call.requestId()) : running.fingerprint());
    }

    /** The id under which an equal request is being worked on, if any. */
    Optional<String> twin(OpenSession state, Entry call) {
        String wanted = fingerprint(call);
        return Stream.concat(
                        storing.entrySet().stream(),
                        state.running().values().stream()
                                .map(running -> Map.entry(running.requestId(), running.fingerprint())))
                .filter(other -> other.getValue().equals(wanted))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** After how long the daemon gives up a call of that tool. */
    Duration timeout(String tool) {
        return own.work().timeout(tool);
    }

    /** Whether a call would be stopped by {@link #cancel}. */
    boolean canCancel(OpenSession state, SessionCommand.CancelCall cancel) {
        return storing.containsKey(cancel.requestId())
                || (state.running().containsKey(cancel.requestId())
                        && cancel.connection().equals(state.connection()));
    }

    /** Ends a call that its client withdraws, wherever it is. */
    EffectBuilder<SessionEvent, SessionState> cancel(OpenSession state, String requestId, String reason) {
        storing.remove(requestId);
        return endings.cancel(state, requestId, reason);
    }

    /** Stops whatever runs; the journal says already that it ended. */
    void interruptAll(OpenSession before) {
        before.running().keySet().forEach(requestId -> {
            own.rounds().close(requestId);
            own.work().interrupt(requestId);
        });
        storing.clear();
    }

    /** The same request once more is joined or answered again; another request under a running id is an error. */
    private Effect<SessionEvent, SessionState> again(OpenSession state, Entry call) {
        RunningCall running = state.running().get(call.requestId());
        if (running != null && !running.fingerprint().equals(fingerprint(call))) {
            call.replyTo()
                    .tell(new ToClient.Rejected(
                            call.requestId(),
                            "id: " + call.requestId() + " is in use by another request (expected: a new id)",
                            false));
            return effects.none();
        }
        if (tasks.isTask(state, call.requestId())) {
            tasks.started(state, call);
            return effects.none();
        }
        if (running != null && running.stream() != null && call.stream() != null) {
            outbox.streams().open(running.stream(), call.replyTo());
            call.replyTo().tell(new ToClient.TakenOn(call.requestId()));
        }
        if (running == null && !storing.containsKey(call.requestId())) {
            state.finishedCall(call.requestId())
                    .filter(done -> call.stream() != null || !outbox.isOnItsWay(done))
                    .ifPresent(done -> outbox.sendAgain(done, call.stream(), call.replyTo()));
        }
        return effects.none();
    }

    private Effect<SessionEvent, SessionState> take(OpenSession state, Entry call) {
        if (state.running().size() + storing.size() >= parts.settings().maxInFlight()) {
            return reject(
                    call,
                    ErrorCode.OVER_CAPACITY,
                    "this session has " + parts.settings().maxInFlight() + " calls in flight; wait for one to end",
                    1_000);
        }
        Optional<Payload> inline = own.contents().inline(call.arguments());
        if (inline.isPresent()) {
            return accept(call, inline.get());
        }
        storing.put(call.requestId(), fingerprint(call));
        own.context()
                .pipeToSelf(
                        own.contents().write(call.arguments()), (stored, failure) -> new ArgumentsStored(call, stored));
        return effects.none();
    }

    Effect<SessionEvent, SessionState> argumentsStored(OpenSession state, ArgumentsStored stored) {
        if (storing.remove(stored.call().requestId()) == null) {
            return effects.none();
        }
        return stored.arguments() == null
                ? reject(stored.call(), ErrorCode.SERVICE_UNAVAILABLE, "the arguments could not be stored", 1_000)
                : accept(stored.call(), stored.arguments());
    }

    private Effect<SessionEvent, SessionState> accept(Entry call, Payload arguments) {
        return effects.persist(new CallAccepted(
                        call.requestId(),
                        call.tool(),
                        arguments,
                        fingerprint(call),
                        call.request().progressToken(),
                        call.revision(),
                        outbox.acknowledged(),
                        parts.clock().instant(),
                        call.stream(),
                        call.request().context(),
                        call.request().task()))
                .thenRun((OpenSession open) -> {
                    parts.counters().accept();
                    tasks.started(open, call);
                    if (call.revision().equals(Submissions.REVISION)) {
                        outbox.tellMain(new ToClient.TakenOn(call.requestId()));
                    } else if (call.stream() != null) {
                        call.replyTo().tell(new ToClient.TakenOn(call.requestId()));
                    }
                    own.work().start(open, call.requestId(), call.arguments());
                });
    }

    private Effect<SessionEvent, SessionState> reject(Entry call, ErrorCode code, String message, long retryAfter) {
        parts.counters().refuse(call.tool());
        String answer = WireJson.write(ToolAnswer.error(code, message, code.retryable(), retryAfter));
        call.replyTo().tell(new ToClient.Answered(call.requestId(), call.revision(), 0, answer, false, 1, false));
        return effects.none();
    }

    private static String fingerprint(Entry call) {
        return Fingerprint.of(call.tool(), call.arguments());
    }
}
