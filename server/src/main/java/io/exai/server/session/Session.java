package io.exai.server.session;

import io.exai.persistence.payload.PayloadRef;
import io.exai.persistence.session.CallOutcome;
import io.exai.persistence.session.Failure;
import io.exai.persistence.session.FinishedCall;
import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.Payload;
import io.exai.persistence.session.RunningCall;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.AnswersAcknowledged;
import io.exai.persistence.session.SessionEvent.CallAccepted;
import io.exai.persistence.session.SessionEvent.CallAnswered;
import io.exai.persistence.session.SessionEvent.CallCancelled;
import io.exai.persistence.session.SessionEvent.CallFailed;
import io.exai.persistence.session.SessionEvent.CallRefused;
import io.exai.persistence.session.SessionEvent.CallRepeated;
import io.exai.persistence.session.SessionEvent.ClientAttached;
import io.exai.persistence.session.SessionEvent.ClientDetached;
import io.exai.persistence.session.SessionEvent.SessionExpired;
import io.exai.persistence.session.SessionEvent.SessionOpened;
import io.exai.persistence.session.SessionEvent.SessionTouched;
import io.exai.persistence.session.SessionState;
import io.exai.persistence.session.SessionState.Ended;
import io.exai.persistence.session.SessionState.Fresh;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.WireJson;
import io.exai.server.session.SessionCommand.Acknowledge;
import io.exai.server.session.SessionCommand.Attach;
import io.exai.server.session.SessionCommand.CallTool;
import io.exai.server.session.SessionCommand.CancelCall;
import io.exai.server.session.SessionCommand.Check;
import io.exai.server.session.SessionCommand.Detach;
import io.exai.server.session.SessionCommand.Known;
import io.exai.server.session.SessionCommand.Stop;
import io.exai.server.session.SessionCommand.Sweep;
import io.exai.server.session.SessionCommand.Touch;
import io.exai.server.session.SessionSignal.AcknowledgementsDue;
import io.exai.server.session.SessionSignal.Admitted;
import io.exai.server.session.SessionSignal.AnswerRead;
import io.exai.server.session.SessionSignal.AnswerStored;
import io.exai.server.session.SessionSignal.ArgumentsRead;
import io.exai.server.session.SessionSignal.ArgumentsStored;
import io.exai.server.session.SessionSignal.CallOverdue;
import io.exai.server.session.SessionSignal.ConnectionLost;
import io.exai.server.session.SessionSignal.IdleCheck;
import io.exai.server.session.SessionSignal.WokenWithWork;
import io.exai.server.session.SessionSignal.WorkReported;
import io.exai.server.session.SessionSignal.WorkStopped;
import io.exai.server.session.ToClient.Refusal;
import io.exai.server.tool.Run;
import io.exai.server.tool.Tool;
import io.exai.server.tool.ToolAnswer;
import io.exai.server.tool.ToolCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * One MCP session, sharded by its id. Every call it accepts ends exactly once, in its journal before anywhere else; a
 * call that a crash interrupted is run again if its tool allows it.
 */
public final class Session extends EventSourcedBehavior<SessionCommand, SessionEvent, SessionState> {
    public static final EntityTypeKey<SessionCommand> KEY = EntityTypeKey.create(SessionCommand.class, "session");

    /** How long acknowledgements wait for an event to ride on before they are written by themselves. */
    private static final Duration ACKNOWLEDGEMENT_DELAY = Duration.ofMillis(50);

    private static final String RESTARTED = "the daemon stopped while the call ran";

    private final String id;
    private final SessionParts parts;
    private final SessionHost host;
    private final ActorContext<SessionCommand> context;
    private final TimerScheduler<SessionCommand> timers;
    private final ActorRef<ToolCall.Report> reports;
    private final ClientLink link = new ClientLink();
    private final Map<String, ActorRef<ToolCall.Command>> work = new HashMap<>();
    private final Set<String> storing = new HashSet<>();
    private long acknowledged;
    private long reading;
    private Instant lastTouched = Instant.EPOCH;
    private final Instant startedAt;

    private Session(
            String id,
            SessionParts parts,
            SessionHost host,
            ActorContext<SessionCommand> context,
            TimerScheduler<SessionCommand> timers) {
        super(
                PersistenceId.of(KEY.name(), id),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.1));
        this.id = id;
        this.parts = parts;
        this.host = host;
        this.context = context;
        this.timers = timers;
        this.reports = context.messageAdapter(ToolCall.Report.class, WorkReported::new);
        this.startedAt = parts.clock().instant();
    }

    /** The behavior of the session with that id. */
    public static Behavior<SessionCommand> create(String id, SessionParts parts, SessionHost host) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(Session.class);
            timers.startSingleTimer(new IdleCheck(), parts.settings().passivateAfter());
            return new Session(id, parts, host, context, timers);
        }));
    }

    @Override
    public SessionState emptyState() {
        return new Fresh();
    }

    @Override
    public EventHandler<SessionState, SessionEvent> eventHandler() {
        return (state, event) -> event.applyTo(state);
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(
                        parts.settings().snapshotEvery(), parts.settings().keepSnapshots())
                .withDeleteEventsOnSnapshot();
    }

    @Override
    public SignalHandler<SessionState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (state, signal) -> recovered(state))
                .build();
    }

    @Override
    public CommandHandler<SessionCommand, SessionEvent, SessionState> commandHandler() {
        var on = newCommandHandlerBuilder();
        on.forAnyState()
                .onCommand(IdleCheck.class, (state, check) -> idleCheck(state))
                .onCommand(Stop.class, (state, stop) -> stop(state));
        on.forStateType(Fresh.class)
                .onCommand(Check.class, (state, check) -> refuse(check))
                .onCommand(Attach.class, (state, attach) -> begin(attach))
                .onCommand(Admitted.class, this::admitted)
                .onAnyCommand((state, command) -> unknown(command));
        on.forStateType(OpenSession.class)
                .onCommand(Check.class, this::check)
                .onCommand(Attach.class, this::attach)
                .onCommand(Admitted.class, (state, late) -> attach(state, late.attach()))
                .onCommand(Detach.class, (state, gone) -> detach(state, gone.connection()))
                .onCommand(ConnectionLost.class, (state, gone) -> detach(state, gone.connection()))
                .onCommand(Touch.class, this::touch)
                .onCommand(CallTool.class, this::callTool)
                .onCommand(ArgumentsStored.class, this::argumentsStored)
                .onCommand(ArgumentsRead.class, this::argumentsRead)
                .onCommand(WorkReported.class, this::workReported)
                .onCommand(AnswerStored.class, this::answerStored)
                .onCommand(AnswerRead.class, this::answerRead)
                .onCommand(WorkStopped.class, this::workStopped)
                .onCommand(CallOverdue.class, this::callOverdue)
                .onCommand(CancelCall.class, this::cancel)
                .onCommand(Acknowledge.class, this::acknowledge)
                .onCommand(AcknowledgementsDue.class, (state, due) -> writeAcknowledged(state))
                .onCommand(WokenWithWork.class, (state, woken) -> repeat(state))
                .onCommand(Sweep.class, (state, sweep) -> sweep(state));
        on.forStateType(Ended.class)
                .onCommand(Sweep.class, (state, sweep) -> sweepEnded(state))
                .onAnyCommand((state, command) -> unknown(command));
        return on.build();
    }

    // --- attaching

    private Effect<SessionEvent, SessionState> begin(Attach attach) {
        if (!attach.create()) {
            return refuse(attach);
        }
        context.ask(
                Boolean.class,
                parts.cap(),
                Duration.ofSeconds(5),
                replyTo -> new SessionCap.Admit(attach.principal(), id, replyTo),
                (granted, failure) -> new Admitted(attach, failure == null && Boolean.TRUE.equals(granted)));
        return Effect().none();
    }

    private Effect<SessionEvent, SessionState> admitted(Fresh state, Admitted admitted) {
        Attach attach = admitted.attach();
        if (!admitted.granted()) {
            attach.replyTo().tell(new ToClient.AttachRefused(Refusal.TOO_MANY_SESSIONS));
            return leave();
        }
        Instant now = parts.clock().instant();
        return Effect()
                .persist(List.of(
                        new SessionOpened(attach.principal(), now),
                        new ClientAttached(attach.connection(), attach.client(), attach.revision(), now)))
                .thenRun((OpenSession open) -> linked(open, attach, false));
    }

    private Effect<SessionEvent, SessionState> attach(OpenSession state, Attach attach) {
        if (!attach.principal().equals(state.principal())) {
            return unknown(attach);
        }
        Instant now = parts.clock().instant();
        if (isExpired(state, now)) {
            return Effect()
                    .persist(new SessionExpired(now))
                    .thenRun(() -> ended(state))
                    .thenRun(() -> unknown(attach));
        }
        boolean resumed = !attach.connection().equals(state.connection());
        return Effect()
                .persist(new ClientAttached(attach.connection(), attach.client(), attach.revision(), now))
                .thenRun((OpenSession open) -> linked(open, attach, resumed));
    }

    private void linked(OpenSession open, Attach attach, boolean resumed) {
        touched();
        boolean same = link.isTo(attach.connection());
        if (!same) {
            link.tell(new ToClient.Superseded());
            release();
            link.open(attach.connection(), attach.replyTo(), acknowledged, open.nextSequence());
            context.watchWith(attach.replyTo(), new ConnectionLost(attach.connection()));
        }
        attach.replyTo().tell(new ToClient.Attached(id, resumed, open.revision()));
        parts.cap().tell(new SessionCap.Used(open.principal(), id));
        if (!same) {
            pump(open);
        }
    }

    private Effect<SessionEvent, SessionState> detach(OpenSession state, String connection) {
        if (link.isTo(connection)) {
            release();
        }
        return state.attached() && connection.equals(state.connection())
                ? Effect()
                        .persist(new ClientDetached(
                                connection, acknowledged, parts.clock().instant()))
                : Effect().none();
    }

    private Effect<SessionEvent, SessionState> touch(OpenSession state, Touch touch) {
        if (!touch.connection().equals(state.connection())) {
            touch.replyTo().tell(new ToClient.Superseded());
            return Effect().none();
        }
        relink(state, touch.connection(), touch.replyTo());
        Instant now = parts.clock().instant();
        boolean worthWriting = Duration.between(state.lastActive(), now)
                        .compareTo(parts.settings().idleTimeout().dividedBy(8))
                > 0;
        return worthWriting
                ? Effect().persist(new SessionTouched(now))
                : Effect().none();
    }

    /** Finds the way back to the attached connection after a rest, or a crash, out of memory. */
    private void relink(OpenSession state, String connection, ActorRef<ToClient> client) {
        touched();
        if (!link.isTo(connection)) {
            link.open(connection, client, acknowledged, state.nextSequence());
            context.watchWith(client, new ConnectionLost(connection));
            pump(state);
        }
    }

    private void release() {
        ActorRef<ToClient> client = link.client();
        if (client != null) {
            context.unwatch(client);
        }
        link.close();
    }

    private Effect<SessionEvent, SessionState> check(OpenSession state, Check check) {
        check.replyTo()
                .tell(new Known(check.principal().equals(state.principal())
                        && !isExpired(state, parts.clock().instant())));
        return Effect().none();
    }

    // --- calls

    private Effect<SessionEvent, SessionState> callTool(OpenSession state, CallTool call) {
        if (!call.connection().equals(state.connection())) {
            call.replyTo().tell(new ToClient.Superseded());
            return Effect().none();
        }
        relink(state, call.connection(), call.replyTo());
        Optional<Tool> tool = parts.tools().toolbox().find(call.tool());
        if (tool.isEmpty()) {
            return reject(
                    call, ErrorCode.TOOL_NOT_FOUND, parts.tools().toolbox().unknown(call.tool()), 0);
        }
        if (!tool.get().policy().journaled()) {
            String answer = WireJson.write(Inline.run(tool.get(), parts.tools().reports()));
            call.replyTo().tell(new ToClient.Answered(call.requestId(), call.revision(), 0, answer, 1, false));
            return Effect().none();
        }
        return isKnown(state, call) ? again(state, call) : take(state, call);
    }

    private boolean isKnown(OpenSession state, CallTool call) {
        return storing.contains(call.requestId())
                || state.running().containsKey(call.requestId())
                || state.finishedCall(call.requestId())
                        .filter(done -> done.outcome() != CallOutcome.CANCELLED)
                        .filter(done -> done.fingerprint().equals(fingerprint(call)))
                        .isPresent();
    }

    /** The same request once more is joined or answered again; another request under a running id is an error. */
    private Effect<SessionEvent, SessionState> again(OpenSession state, CallTool call) {
        RunningCall running = state.running().get(call.requestId());
        if (running != null && !running.fingerprint().equals(fingerprint(call))) {
            call.replyTo()
                    .tell(new ToClient.Rejected(
                            call.requestId(),
                            "id: " + call.requestId() + " is in use by another request (expected: a new id)",
                            false));
        }
        if (running == null && !storing.contains(call.requestId())) {
            state.finishedCall(call.requestId())
                    .filter(done -> !isOnItsWay(done))
                    .ifPresent(this::sendAgain);
        }
        return Effect().none();
    }

    /** Not yet sent, or sent to a client that came back and may have asked again before it read that far. */
    private boolean isOnItsWay(FinishedCall done) {
        return done.sequence() > link.sent() || (link.isRedelivery(done.sequence()) && done.sequence() > acknowledged);
    }

    private Effect<SessionEvent, SessionState> take(OpenSession state, CallTool call) {
        if (state.running().size() + storing.size() >= parts.settings().maxInFlight()) {
            return reject(
                    call,
                    ErrorCode.OVER_CAPACITY,
                    "this session has " + parts.settings().maxInFlight() + " calls in flight; wait for one to end",
                    1_000);
        }
        byte[] arguments = call.arguments().getBytes(StandardCharsets.UTF_8);
        if (arguments.length <= parts.inlineLimit()) {
            return accept(call, Payload.inline(call.arguments(), arguments.length));
        }
        storing.add(call.requestId());
        context.pipeToSelf(
                parts.payloads().put(arguments),
                (ref, failure) -> new ArgumentsStored(call, failure == null ? stored(ref) : null));
        return Effect().none();
    }

    private Effect<SessionEvent, SessionState> argumentsStored(OpenSession state, ArgumentsStored stored) {
        if (!storing.remove(stored.call().requestId())) {
            return Effect().none();
        }
        return stored.arguments() == null
                ? reject(stored.call(), ErrorCode.SERVICE_UNAVAILABLE, "the arguments could not be stored", 1_000)
                : accept(stored.call(), stored.arguments());
    }

    private Effect<SessionEvent, SessionState> accept(CallTool call, Payload arguments) {
        return Effect()
                .persist(new CallAccepted(
                        call.requestId(),
                        call.tool(),
                        arguments,
                        fingerprint(call),
                        call.progressToken(),
                        call.revision(),
                        acknowledged,
                        parts.clock().instant()))
                .thenRun((OpenSession open) -> {
                    parts.counters().accept();
                    start(open, call.requestId(), call.arguments());
                });
    }

    private Effect<SessionEvent, SessionState> reject(CallTool call, ErrorCode code, String message, long retryAfter) {
        parts.counters().refuse();
        String answer = WireJson.write(ToolAnswer.error(code, message, code.retryable(), retryAfter));
        call.replyTo().tell(new ToClient.Answered(call.requestId(), call.revision(), 0, answer, 1, false));
        return Effect().none();
    }

    private void start(OpenSession open, String requestId, String arguments) {
        RunningCall call = open.running().get(requestId);
        Optional<Tool> tool =
                call == null ? Optional.empty() : parts.tools().toolbox().find(call.tool());
        if (call == null || tool.isEmpty()) {
            return;
        }
        if (tool.get().run() instanceof Run.Report) {
            String answer = WireJson.write(Inline.run(tool.get(), parts.tools().reports()));
            context.getSelf().tell(new WorkReported(new ToolCall.Succeeded(requestId, answer)));
            return;
        }
        ToolCall.Job job = new ToolCall.Job(
                requestId,
                id,
                Fingerprint.of(id, requestId, call.acceptedAt().toString()),
                tool.get(),
                arguments,
                call.progressToken() != null);
        ActorRef<ToolCall.Command> running = context.spawnAnonymous(ToolCall.create(job, parts.tools(), reports));
        work.put(requestId, running);
        context.watchWith(running, new WorkStopped(requestId, call.attempt()));
        timers.startSingleTimer(
                requestId,
                new CallOverdue(requestId),
                parts.deadlines().daemon(tool.get().policy().deadline()));
    }

    private Effect<SessionEvent, SessionState> workReported(OpenSession state, WorkReported reported) {
        ToolCall.Report report = reported.report();
        RunningCall call = state.running().get(report.requestId());
        if (call == null) {
            return Effect().none();
        }
        if (report instanceof ToolCall.Progressed progress) {
            if (call.progressToken() != null) {
                link.tell(new ToClient.Progressed(
                        call.progressToken(), call.revision(), progress.progress(), progress.message()));
            }
            return Effect().none();
        }
        workOver(report.requestId());
        return report instanceof ToolCall.Succeeded done
                ? answered(call, done)
                : failed(call, (ToolCall.Failed) report);
    }

    private Effect<SessionEvent, SessionState> answered(RunningCall call, ToolCall.Succeeded done) {
        byte[] answer = done.answer().getBytes(StandardCharsets.UTF_8);
        if (answer.length <= parts.inlineLimit()) {
            return write(call, Payload.inline(done.answer(), answer.length));
        }
        context.pipeToSelf(
                parts.payloads().put(answer),
                (ref, failure) -> new AnswerStored(call.requestId(), failure == null ? stored(ref) : null));
        return Effect().none();
    }

    private Effect<SessionEvent, SessionState> answerStored(OpenSession state, AnswerStored stored) {
        RunningCall call = state.running().get(stored.requestId());
        if (call == null) {
            return Effect().none();
        }
        return stored.stored() == null
                ? fail(call, ErrorCode.SERVICE_UNAVAILABLE, "the answer could not be stored", 1_000)
                : write(call, stored.stored());
    }

    private Effect<SessionEvent, SessionState> write(RunningCall call, Payload answer) {
        return Effect()
                .persist(new CallAnswered(
                        call.requestId(), answer, false, parts.clock().instant()))
                .thenRun((OpenSession open) -> {
                    parts.counters().answer();
                    pump(open);
                });
    }

    private Effect<SessionEvent, SessionState> failed(RunningCall call, ToolCall.Failed failed) {
        Failure failure =
                new Failure(failed.code().name(), failed.message(), failed.retryable(), failed.retryAfterMillis());
        Instant now = parts.clock().instant();
        if (failed.started() || link.client() == null) {
            return end(new CallFailed(call.requestId(), failure, now));
        }
        link.tell(answer(call.requestId(), call.revision(), 0, error(failure), call.attempt(), false));
        parts.counters().refuse();
        return Effect().persist(new CallRefused(call.requestId(), failure, now));
    }

    private Effect<SessionEvent, SessionState> fail(RunningCall call, ErrorCode code, String why, long retryAfter) {
        return end(new CallFailed(
                call.requestId(),
                new Failure(code.name(), why, true, retryAfter),
                parts.clock().instant()));
    }

    private Effect<SessionEvent, SessionState> end(CallFailed failed) {
        return Effect().persist(failed).thenRun((OpenSession open) -> {
            parts.counters().fail();
            pump(open);
        });
    }

    private Effect<SessionEvent, SessionState> workStopped(OpenSession state, WorkStopped stopped) {
        RunningCall call = state.running().get(stopped.requestId());
        if (call == null || call.attempt() != stopped.attempt() || !work.containsKey(stopped.requestId())) {
            return Effect().none();
        }
        workOver(stopped.requestId());
        return fail(call, ErrorCode.INTERNAL_ERROR, "the call broke down; the log of the daemon tells why", 0);
    }

    private Effect<SessionEvent, SessionState> callOverdue(OpenSession state, CallOverdue late) {
        RunningCall call = state.running().get(late.requestId());
        interrupt(late.requestId());
        return call == null
                ? Effect().none()
                : fail(call, ErrorCode.TIMEOUT, call.tool() + " did not end in time and was given up", 0);
    }

    private Effect<SessionEvent, SessionState> cancel(OpenSession state, CancelCall cancel) {
        storing.remove(cancel.requestId());
        if (!cancel.connection().equals(state.connection()) || !state.running().containsKey(cancel.requestId())) {
            return Effect().none();
        }
        return Effect()
                .persist(new CallCancelled(
                        cancel.requestId(), cancel.reason(), parts.clock().instant()))
                .thenRun((OpenSession open) -> {
                    parts.counters().cancel();
                    interrupt(cancel.requestId());
                    pump(open);
                });
    }

    private void interrupt(String requestId) {
        ActorRef<ToolCall.Command> running = work.get(requestId);
        if (running != null) {
            context.stop(running);
        }
        workOver(requestId);
    }

    private void workOver(String requestId) {
        work.remove(requestId);
        timers.cancel(requestId);
    }

    // --- after a crash

    private void recovered(SessionState state) {
        if (state instanceof OpenSession open) {
            acknowledged = open.acknowledged();
            if (!open.running().isEmpty()) {
                context.getSelf().tell(new WokenWithWork());
            }
        }
    }

    private Effect<SessionEvent, SessionState> repeat(OpenSession state) {
        Instant now = parts.clock().instant();
        List<SessionEvent> events = new ArrayList<>();
        List<String> again = new ArrayList<>();
        state.running().values().stream()
                .filter(call -> !work.containsKey(call.requestId()))
                .forEach(call -> {
                    if (mayRepeat(call)) {
                        again.add(call.requestId());
                        events.add(new CallRepeated(call.requestId(), call.attempt() + 1, now));
                    } else {
                        events.add(new CallFailed(
                                call.requestId(),
                                new Failure(ErrorCode.SERVICE_UNAVAILABLE.name(), RESTARTED, true, 0),
                                now));
                    }
                });
        context.getLog().info("{} calls were interrupted, {} are run again", events.size(), again.size());
        return Effect().persist(events).thenRun((OpenSession open) -> {
            again.forEach(requestId -> restart(open, requestId));
            pump(open);
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

    private void restart(OpenSession open, String requestId) {
        RunningCall call = open.running().get(requestId);
        if (call == null) {
            return;
        }
        if (call.arguments().inline() != null) {
            start(open, requestId, call.arguments().inline());
        } else {
            context.pipeToSelf(
                    parts.payloads().get(ref(call.arguments())),
                    (bytes, failure) -> new ArgumentsRead(requestId, failure == null ? text(bytes) : null));
        }
    }

    private Effect<SessionEvent, SessionState> argumentsRead(OpenSession state, ArgumentsRead read) {
        RunningCall call = state.running().get(read.requestId());
        if (call == null || work.containsKey(read.requestId())) {
            return Effect().none();
        }
        if (read.arguments() == null) {
            return fail(call, ErrorCode.SERVICE_UNAVAILABLE, "the arguments could not be read back", 1_000);
        }
        start(state, read.requestId(), read.arguments());
        return Effect().none();
    }

    // --- delivering

    /** Sends what the attached connection has not been sent, in order; waits where an answer must be read first. */
    private void pump(OpenSession open) {
        if (link.client() == null || reading > 0) {
            return;
        }
        for (FinishedCall call : open.finished()) {
            if (call.sequence() <= link.sent()) {
                continue;
            }
            if (call.answer() != null && call.answer().inline() == null) {
                reading = call.sequence();
                read(call, link.isRedelivery(call.sequence()));
                return;
            }
            send(call);
        }
    }

    private void send(FinishedCall call) {
        link.passed(call.sequence());
        if (call.outcome() != CallOutcome.CANCELLED) {
            link.tell(answer(call, body(call), link.isRedelivery(call.sequence())));
        }
    }

    private void sendAgain(FinishedCall call) {
        if (call.answer() != null && call.answer().inline() == null) {
            read(call, true);
        } else {
            link.tell(answer(call, body(call), true));
        }
    }

    private void read(FinishedCall call, boolean redelivered) {
        Payload answer = java.util.Objects.requireNonNull(call.answer());
        String connection = link.connection();
        context.pipeToSelf(
                parts.payloads().get(ref(answer)),
                (bytes, failure) -> new AnswerRead(
                        connection, answer(call, failure == null ? text(bytes) : error(UNREADABLE), redelivered)));
    }

    private Effect<SessionEvent, SessionState> answerRead(OpenSession state, AnswerRead read) {
        boolean wanted = link.isTo(read.connection());
        if (wanted) {
            link.tell(read.answer());
        }
        if (read.answer().sequence() == reading) {
            reading = 0;
            if (wanted) {
                link.passed(read.answer().sequence());
            }
            pump(state);
        }
        return Effect().none();
    }

    private static final Failure UNREADABLE = new Failure(
            ErrorCode.SERVICE_UNAVAILABLE.name(), "the answer is stored but could not be read back", true, 1_000);

    private static String body(FinishedCall call) {
        if (call.answer() != null && call.answer().inline() != null) {
            return call.answer().inline();
        }
        return error(
                call.failure() != null
                        ? call.failure()
                        : new Failure(ErrorCode.CANCELLED.name(), "the client withdrew the call", false, 0));
    }

    private static String error(Failure failure) {
        return WireJson.write(ToolAnswer.error(
                ErrorCode.valueOf(failure.code()), failure.message(), failure.retryable(), failure.retryAfterMillis()));
    }

    private static ToClient.Answered answer(FinishedCall call, String body, boolean redelivered) {
        return answer(call.requestId(), call.revision(), call.sequence(), body, call.attempt(), redelivered);
    }

    private static ToClient.Answered answer(
            String requestId, String revision, long sequence, String body, int attempts, boolean redelivered) {
        return new ToClient.Answered(requestId, revision, sequence, body, attempts, redelivered);
    }

    private Effect<SessionEvent, SessionState> acknowledge(OpenSession state, Acknowledge upTo) {
        if (upTo.connection().equals(state.connection()) && upTo.upTo() < state.nextSequence()) {
            acknowledged = Math.max(acknowledged, upTo.upTo());
            if (acknowledged > state.acknowledged() && !timers.isTimerActive(ACKNOWLEDGEMENT_DELAY)) {
                timers.startSingleTimer(ACKNOWLEDGEMENT_DELAY, new AcknowledgementsDue(), ACKNOWLEDGEMENT_DELAY);
            }
        }
        return Effect().none();
    }

    private Effect<SessionEvent, SessionState> writeAcknowledged(OpenSession state) {
        return acknowledged > state.acknowledged()
                ? Effect()
                        .persist(new AnswersAcknowledged(
                                acknowledged, parts.clock().instant()))
                : Effect().none();
    }

    // --- resting and ending

    private Effect<SessionEvent, SessionState> idleCheck(SessionState state) {
        Instant last = lastTouched.isAfter(startedAt) ? lastTouched : startedAt;
        Duration idle = Duration.between(last, parts.clock().instant());
        Duration rest = parts.settings().passivateAfter().minus(idle);
        if (isBusy(state) || rest.toMillis() > 0) {
            timers.startSingleTimer(
                    new IdleCheck(),
                    rest.toMillis() > 0 ? rest : parts.settings().passivateAfter());
            return Effect().none();
        }
        return leave();
    }

    private boolean isBusy(SessionState state) {
        return !storing.isEmpty()
                || reading > 0
                || (state instanceof OpenSession open
                        && (!open.running().isEmpty()
                                || acknowledged > open.acknowledged()
                                || (link.client() != null && !open.outbox().isEmpty())));
    }

    /** Work that runs while the shard moves is taken up again where the shard arrives, or here when it does not move. */
    private Effect<SessionEvent, SessionState> stop(SessionState state) {
        if (state instanceof OpenSession open && !open.running().isEmpty()) {
            host.wake(id);
        }
        return Effect().stop();
    }

    private Effect<SessionEvent, SessionState> sweep(OpenSession state) {
        Instant now = parts.clock().instant();
        if (isExpired(state, now)) {
            return Effect().persist(new SessionExpired(now)).thenRun(() -> ended(state));
        }
        return link.client() == null && !isBusy(state) ? leave() : Effect().none();
    }

    private Effect<SessionEvent, SessionState> sweepEnded(Ended state) {
        if (!parts.clock().instant().isBefore(state.at().plus(parts.settings().historyRetention()))) {
            host.erase(persistenceId());
        }
        return leave();
    }

    private void ended(OpenSession state) {
        context.getLog().info("session expired, idle since {}", state.lastActive());
        parts.cap().tell(new SessionCap.Ended(state.principal(), id));
        release();
        host.passivate(context.getSelf());
    }

    private boolean isExpired(OpenSession state, Instant now) {
        return state.running().isEmpty()
                && storing.isEmpty()
                && Duration.between(state.lastActive(), now)
                                .compareTo(parts.settings().idleTimeout())
                        > 0
                && Duration.between(lastTouched, now).compareTo(parts.settings().idleTimeout()) > 0;
    }

    /** What an unknown, foreign or ended session says: the same to everybody. */
    private Effect<SessionEvent, SessionState> unknown(SessionCommand command) {
        if (command instanceof Check check) {
            check.replyTo().tell(new Known(false));
        } else if (command instanceof Attach attach) {
            attach.replyTo().tell(new ToClient.AttachRefused(Refusal.NOT_FOUND));
        } else if (command instanceof CallTool call) {
            call.replyTo().tell(new ToClient.Rejected(call.requestId(), "session not found", true));
        } else if (command instanceof Touch touch) {
            touch.replyTo().tell(new ToClient.AttachRefused(Refusal.NOT_FOUND));
        }
        return Effect().none();
    }

    /** As {@link #unknown}, and nothing of the session stays in memory. */
    private Effect<SessionEvent, SessionState> refuse(SessionCommand command) {
        unknown(command);
        return leave();
    }

    private Effect<SessionEvent, SessionState> leave() {
        host.passivate(context.getSelf());
        return Effect().none();
    }

    private void touched() {
        lastTouched = parts.clock().instant();
    }

    private static String fingerprint(CallTool call) {
        return Fingerprint.of(call.tool(), call.arguments());
    }

    private static Payload stored(@Nullable PayloadRef ref) {
        PayloadRef there = java.util.Objects.requireNonNull(ref);
        return Payload.stored(there.sha256(), there.size());
    }

    private static PayloadRef ref(Payload payload) {
        return new PayloadRef(java.util.Objects.requireNonNull(payload.sha256()), payload.size());
    }

    private static String text(byte @Nullable [] utf8) {
        return new String(java.util.Objects.requireNonNull(utf8), StandardCharsets.UTF_8);
    }
}
