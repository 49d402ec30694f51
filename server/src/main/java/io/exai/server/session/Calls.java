package io.exai.server.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.persistence.session.CallOutcome;
import io.exai.persistence.session.Failure;
import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.Payload;
import io.exai.persistence.session.RunningCall;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.CallAccepted;
import io.exai.persistence.session.SessionEvent.CallAnswered;
import io.exai.persistence.session.SessionEvent.CallCancelled;
import io.exai.persistence.session.SessionEvent.CallFailed;
import io.exai.persistence.session.SessionEvent.CallRefused;
import io.exai.persistence.session.SessionEvent.CallRejected;
import io.exai.persistence.session.SessionEvent.CallRepeated;
import io.exai.persistence.session.SessionState;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.LogLevel;
import io.exai.protocol.mcp.Revision;
import io.exai.server.session.SessionSignal.AnswerStored;
import io.exai.server.session.SessionSignal.ArgumentsRead;
import io.exai.server.session.SessionSignal.ArgumentsStored;
import io.exai.server.session.SessionSignal.CallOverdue;
import io.exai.server.session.SessionSignal.WorkReported;
import io.exai.server.session.SessionSignal.WorkStopped;
import io.exai.server.tool.CallContext;
import io.exai.server.tool.RunReport;
import io.exai.server.tool.Tool;
import io.exai.server.tool.ToolAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;
import org.jspecify.annotations.Nullable;

/** The calls of a session: taken on within its budget, run, ended exactly once. */
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

    private static final String RESTARTED = "the daemon stopped while the call ran";

    private final SessionParts parts;
    private final ActorContext<SessionCommand> context;
    private final EffectFactories<SessionEvent, SessionState> effects;
    private final Outbox outbox;
    private final Contents contents;
    private final Work work;
    private final Rounds rounds = new Rounds();
    private final Tasks tasks;
    private final Inputs inputs;
    private final Map<String, String> storing = new HashMap<>();
    private final CallLog log;

    Calls(
            String session,
            SessionParts parts,
            ActorContext<SessionCommand> context,
            TimerScheduler<SessionCommand> timers,
            EffectFactories<SessionEvent, SessionState> effects,
            Outbox outbox) {
        this.parts = parts;
        this.context = context;
        this.effects = effects;
        this.outbox = outbox;
        this.contents = parts.contents();
        this.log = new CallLog(context.getLog(), session);
        this.work = new Work(session, parts, context, timers);
        this.tasks = new Tasks(parts, context, rounds, contents);
        this.inputs = new Inputs(this, parts, rounds, work, tasks, outbox, effects);
    }

    Inputs inputs() {
        return inputs;
    }

    Tasks tasks() {
        return tasks;
    }

    /** Whether calls are running or about to. */
    boolean isBusy(OpenSession open) {
        return !storing.isEmpty() || !open.running().isEmpty();
    }

    /** Whether anything runs here that would have to be started again elsewhere. */
    boolean isWorking(OpenSession open) {
        return !storing.isEmpty() || open.running().keySet().stream().anyMatch(work::isRunning);
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
        return work.timeout(tool);
    }

    /** Whether a call would be stopped by {@link #cancel}. */
    boolean canCancel(OpenSession state, SessionCommand.CancelCall cancel) {
        return storing.containsKey(cancel.requestId())
                || (state.running().containsKey(cancel.requestId())
                        && cancel.connection().equals(state.connection()));
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
        Optional<Payload> inline = contents.inline(call.arguments());
        if (inline.isPresent()) {
            return accept(call, inline.get());
        }
        storing.put(call.requestId(), fingerprint(call));
        context.pipeToSelf(contents.write(call.arguments()), (stored, failure) -> new ArgumentsStored(call, stored));
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
                    }
                    work.start(open, call.requestId(), call.arguments());
                });
    }

    private Effect<SessionEvent, SessionState> reject(Entry call, ErrorCode code, String message, long retryAfter) {
        parts.counters().refuse();
        String answer = WireJson.write(ToolAnswer.error(code, message, code.retryable(), retryAfter));
        call.replyTo().tell(new ToClient.Answered(call.requestId(), call.revision(), 0, answer, false, 1, false));
        return effects.none();
    }

    Effect<SessionEvent, SessionState> workReported(OpenSession state, WorkReported reported) {
        RunReport report = reported.report();
        RunningCall call = state.running().get(report.requestId());
        if (call == null) {
            return effects.none();
        }
        if (report instanceof RunReport.Progressed progress) {
            if (call.progressToken() != null && call.task() == null) {
                outbox.tell(
                        call,
                        new ToClient.Progressed(
                                call.progressToken(),
                                call.revision(),
                                progress.progress(),
                                progress.total(),
                                progress.message()));
            }
            return effects.none();
        } else if (report instanceof RunReport.Logged logged) {
            log(state, call, logged);
            return effects.none();
        } else if (report instanceof RunReport.StreamClosing) {
            if (call.stream() != null) {
                outbox.streams().end(call.stream(), new ToClient.StreamClosing());
            }
            return effects.none();
        } else if (report instanceof RunReport.Started) {
            outbox.tellMain(new ToClient.Started(
                    call.requestId(), work.timeout(call.tool()).toMillis()));
            return effects.none();
        }
        work.over(report.requestId());
        if (report instanceof RunReport.Asked asked) {
            return inputs.asked(state, call, asked);
        } else if (report instanceof RunReport.Rejected rejected) {
            return rejected(call, rejected.error());
        }
        return report instanceof RunReport.Succeeded done
                ? answered(call, done.answer())
                : failed(call, (RunReport.Failed) report);
    }

    private void log(OpenSession state, RunningCall call, RunReport.Logged logged) {
        boolean modern = Revision.of(call.revision())
                .filter(revision -> revision.era() == Era.MODERN)
                .isPresent();
        String least = modern
                ? CallContext.read(call.context()).logLevel()
                : Objects.requireNonNullElse(state.logLevel(), "info");
        if (call.task() == null && least != null && LogLevel.reaches(logged.level(), least)) {
            outbox.tell(
                    call,
                    new ToClient.Logged(
                            logged.level(), logged.logger(), WireJson.write(logged.data()), call.revision()));
        }
    }

    /** Stops whatever runs; the journal says already that it ended. */
    void interruptAll(OpenSession before) {
        before.running().keySet().forEach(requestId -> {
            rounds.close(requestId);
            work.interrupt(requestId);
        });
        storing.clear();
    }

    private Effect<SessionEvent, SessionState> rejected(RunningCall call, RpcError error) {
        ObjectNode object = WireJson.object().put("code", error.code()).put("message", error.message());
        if (error.data() != null) {
            object.set("data", error.data());
        }
        String text = WireJson.write(object);
        return effects.persist(new CallRejected(
                        call.requestId(),
                        Payload.inline(text, text.getBytes(StandardCharsets.UTF_8).length),
                        parts.clock().instant()))
                .thenRun((OpenSession open) -> {
                    parts.counters().fail();
                    ended(open, call);
                });
    }

    /** Tells whoever waits for a call that has ended. */
    private void ended(OpenSession open, RunningCall call) {
        rounds.close(call.requestId());
        outbox.deliver(open, call.requestId());
        tasks.changed(open, call.requestId());
    }

    Effect<SessionEvent, SessionState> answered(RunningCall call, String answer) {
        Optional<Payload> inline = contents.inline(answer);
        if (inline.isPresent()) {
            return write(call, inline.get());
        }
        context.pipeToSelf(contents.write(answer), (stored, failure) -> new AnswerStored(call.requestId(), stored));
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
                    parts.counters().answer();
                    log.answered(call);
                    ended(open, call);
                });
    }

    /** A call that never started leaves its id free, so that the client can send it again as it is. */
    private Effect<SessionEvent, SessionState> failed(RunningCall call, RunReport.Failed failed) {
        Failure failure =
                new Failure(failed.code().name(), failed.message(), failed.retryable(), failed.retryAfterMillis());
        if (failed.started() || call.task() != null || !outbox.reaches(call)) {
            return fail(call, failure);
        }
        return effects.persist(
                        new CallRefused(call.requestId(), failure, parts.clock().instant()))
                .thenRun((OpenSession open) -> {
                    over(call, failure);
                    outbox.tell(
                            call,
                            new ToClient.Answered(
                                    call.requestId(),
                                    call.revision(),
                                    0,
                                    Outbox.error(failure),
                                    false,
                                    call.attempt(),
                                    false));
                    if (call.stream() != null) {
                        outbox.endIfOver(open, call.stream());
                    }
                });
    }

    private Effect<SessionEvent, SessionState> fail(RunningCall call, ErrorCode code, String why, long retryAfter) {
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
        parts.counters().fail();
        log.failed(call, failure);
    }

    Effect<SessionEvent, SessionState> workStopped(OpenSession state, WorkStopped stopped) {
        RunningCall call = state.running().get(stopped.requestId());
        if (call == null || !work.isRun(stopped.requestId(), stopped.run())) {
            return effects.none();
        }
        work.over(stopped.requestId());
        return fail(call, ErrorCode.INTERNAL_ERROR, "the call broke down; the log of the daemon tells why", 0);
    }

    Effect<SessionEvent, SessionState> callOverdue(OpenSession state, CallOverdue late) {
        RunningCall call = state.running().get(late.requestId());
        work.interrupt(late.requestId());
        return call == null
                ? effects.none()
                : fail(call, ErrorCode.TIMEOUT, call.tool() + " did not end in time and was given up", 0);
    }

    EffectBuilder<SessionEvent, SessionState> cancel(OpenSession state, String requestId, String reason) {
        storing.remove(requestId);
        RunningCall call = state.running().get(requestId);
        if (call == null) {
            return effects.none();
        }
        return effects.persist(
                        new CallCancelled(requestId, reason, parts.clock().instant()))
                .thenRun((OpenSession open) -> {
                    parts.counters().cancel();
                    log.cancelled(call);
                    work.interrupt(requestId);
                    ended(open, call);
                });
    }

    /** Takes up the calls that a crash interrupted. */
    Effect<SessionEvent, SessionState> repeat(OpenSession state) {
        Instant now = parts.clock().instant();
        List<SessionEvent> events = new ArrayList<>();
        List<String> again = new ArrayList<>();
        List<RunningCall> lost = new ArrayList<>();
        state.running().values().stream()
                .filter(call -> !work.isRunning(call.requestId()) && !inputs.isWaiting(call.requestId()))
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
            return effects.none();
        }
        log.interrupted(events.size(), again.size());
        return effects.persist(events).thenRun((OpenSession open) -> {
            again.forEach(requestId -> restart(open, requestId));
            lost.forEach(call -> ended(open, call));
        });
    }

    private boolean mayRepeat(RunningCall call) {
        return call.attempt() < parts.settings().maxAttempts()
                && parts.tools()
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
            work.start(open, requestId, call.arguments().inline());
        } else {
            context.pipeToSelf(
                    contents.read(call.arguments()), (arguments, failure) -> new ArgumentsRead(requestId, arguments));
        }
    }

    Effect<SessionEvent, SessionState> argumentsRead(OpenSession state, ArgumentsRead read) {
        RunningCall call = state.running().get(read.requestId());
        if (call == null || work.isRunning(read.requestId()) || inputs.isWaiting(read.requestId())) {
            return effects.none();
        }
        if (read.arguments() == null) {
            return fail(call, ErrorCode.SERVICE_UNAVAILABLE, "the arguments could not be read back", 1_000);
        }
        work.start(state, read.requestId(), read.arguments());
        return effects.none();
    }

    private static String fingerprint(Entry call) {
        return Fingerprint.of(call.tool(), call.arguments());
    }
}
