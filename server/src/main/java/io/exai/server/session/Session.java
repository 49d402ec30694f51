package io.exai.server.session;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.CallCancelled;
import io.exai.persistence.session.SessionEvent.ClientAttached;
import io.exai.persistence.session.SessionEvent.ClientDetached;
import io.exai.persistence.session.SessionEvent.SessionExpired;
import io.exai.persistence.session.SessionEvent.SessionOpened;
import io.exai.persistence.session.SessionEvent.SessionTouched;
import io.exai.persistence.session.SessionState;
import io.exai.persistence.session.SessionState.Ended;
import io.exai.persistence.session.SessionState.Fresh;
import io.exai.server.session.SessionCommand.Acknowledge;
import io.exai.server.session.SessionCommand.Attach;
import io.exai.server.session.SessionCommand.CallOnStream;
import io.exai.server.session.SessionCommand.CallTool;
import io.exai.server.session.SessionCommand.CancelCall;
import io.exai.server.session.SessionCommand.CancelOnStream;
import io.exai.server.session.SessionCommand.Check;
import io.exai.server.session.SessionCommand.Detach;
import io.exai.server.session.SessionCommand.End;
import io.exai.server.session.SessionCommand.Known;
import io.exai.server.session.SessionCommand.ListTasks;
import io.exai.server.session.SessionCommand.OnTask;
import io.exai.server.session.SessionCommand.Open;
import io.exai.server.session.SessionCommand.Recall;
import io.exai.server.session.SessionCommand.Respond;
import io.exai.server.session.SessionCommand.Resume;
import io.exai.server.session.SessionCommand.SetLogLevel;
import io.exai.server.session.SessionCommand.Stop;
import io.exai.server.session.SessionCommand.SubmitCall;
import io.exai.server.session.SessionCommand.Subscribe;
import io.exai.server.session.SessionCommand.Sweep;
import io.exai.server.session.SessionCommand.Touch;
import io.exai.server.session.SessionCommand.Withdraw;
import io.exai.server.session.SessionSignal.AcknowledgementsDue;
import io.exai.server.session.SessionSignal.Admitted;
import io.exai.server.session.SessionSignal.AnswerRead;
import io.exai.server.session.SessionSignal.AnswerStored;
import io.exai.server.session.SessionSignal.ArgumentsRead;
import io.exai.server.session.SessionSignal.ArgumentsStored;
import io.exai.server.session.SessionSignal.CallOverdue;
import io.exai.server.session.SessionSignal.ConnectionLost;
import io.exai.server.session.SessionSignal.IdleCheck;
import io.exai.server.session.SessionSignal.StreamAnswerRead;
import io.exai.server.session.SessionSignal.StreamLost;
import io.exai.server.session.SessionSignal.TaskRead;
import io.exai.server.session.SessionSignal.WokenWithWork;
import io.exai.server.session.SessionSignal.WorkReported;
import io.exai.server.session.SessionSignal.WorkStopped;
import io.exai.server.session.ToClient.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
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

/**
 * One MCP session, sharded by its key. Every call it accepts ends exactly once, in its journal before anywhere else; a
 * call that a crash interrupted is run again if its tool allows it.
 */
public final class Session extends EventSourcedBehavior<SessionCommand, SessionEvent, SessionState> {
    public static final EntityTypeKey<SessionCommand> KEY = EntityTypeKey.create(SessionCommand.class, "session");

    private final String id;
    private final SessionParts parts;
    private final SessionHost host;
    private final ActorContext<SessionCommand> context;
    private final TimerScheduler<SessionCommand> timers;
    private final Outbox outbox;
    private final Calls calls;
    private final Submissions submissions;
    private final Wishes wishes;
    private final Instant startedAt;
    private Instant lastTouched = Instant.EPOCH;

    /** Requests of calls that come once more, from ourselves, because they open the session. */
    private final Set<String> opening = new HashSet<>();

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
        this.outbox = new Outbox(context, timers, Effect(), parts.contents(), parts.clock());
        this.calls = new Calls(id, parts, context, timers, Effect(), outbox);
        this.submissions = new Submissions(calls, parts, Effect());
        this.wishes = new Wishes(calls, parts, context, Effect(), this::touched);
        this.startedAt = parts.clock().instant();
    }

    /** The behavior of the session with that id. */
    public static Behavior<SessionCommand> create(String id, SessionParts parts, SessionHost host) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(Session.class);
            parts.counters().load();
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
                .onSignal(PostStop.class, (state, signal) -> parts.counters().unload())
                .build();
    }

    @Override
    public CommandHandler<SessionCommand, SessionEvent, SessionState> commandHandler() {
        var on = newCommandHandlerBuilder();
        on.forStateType(OpenSession.class)
                .onCommand(CallTool.class, this::callTool)
                .onCommand(WorkReported.class, calls::workReported)
                .onCommand(Check.class, this::check)
                .onCommand(Attach.class, this::attach)
                .onCommand(Admitted.class, this::admittedLate)
                .onCommand(Detach.class, (state, gone) -> detach(state, gone.connection()))
                .onCommand(ConnectionLost.class, (state, gone) -> detach(state, gone.connection()))
                .onCommand(Touch.class, this::touch)
                .onCommand(ArgumentsStored.class, calls::argumentsStored)
                .onCommand(ArgumentsRead.class, calls::argumentsRead)
                .onCommand(AnswerStored.class, calls::answerStored)
                .onCommand(AnswerRead.class, outbox::answerRead)
                .onCommand(WorkStopped.class, calls::workStopped)
                .onCommand(CallOverdue.class, calls::callOverdue)
                .onCommand(CancelCall.class, this::cancel)
                .onCommand(CallOnStream.class, this::callOnStream)
                .onCommand(CancelOnStream.class, this::cancelOnStream)
                .onCommand(Resume.class, this::resume)
                .onCommand(Open.class, this::openAgain)
                .onCommand(End.class, this::end)
                .onCommand(Respond.class, this::respond)
                .onCommand(Subscribe.class, wishes::subscribe)
                .onCommand(SetLogLevel.class, wishes::setLogLevel)
                .onCommand(OnTask.class, wishes::onTask)
                .onCommand(ListTasks.class, wishes::listTasks)
                .onCommand(TaskRead.class, wishes::taskRead)
                .onCommand(StreamAnswerRead.class, outbox::streamAnswerRead)
                .onCommand(StreamLost.class, this::streamLost)
                .onCommand(SubmitCall.class, this::submit)
                .onCommand(Recall.class, this::recall)
                .onCommand(Withdraw.class, submissions::withdraw)
                .onCommand(Acknowledge.class, outbox::acknowledge)
                .onCommand(AcknowledgementsDue.class, (state, due) -> outbox.writeAcknowledged(state))
                .onCommand(WokenWithWork.class, (state, woken) -> calls.repeat(state))
                .onCommand(Sweep.class, (state, sweep) -> sweep(state));
        on.forAnyState()
                .onCommand(IdleCheck.class, (state, check) -> idleCheck(state))
                .onCommand(Stop.class, (state, stop) -> stop(state));
        on.forStateType(Fresh.class)
                .onCommand(Check.class, (state, check) -> refuse(check))
                .onCommand(
                        Attach.class,
                        (state, attach) -> attach.create() ? begin(attach.principal(), attach) : refuse(attach))
                .onCommand(Open.class, (state, open) -> begin(open.principal(), open))
                .onCommand(CallOnStream.class, this::beginOnStream)
                .onCommand(Admitted.class, this::admitted)
                .onCommand(StreamLost.class, this::streamLostEarly)
                .onAnyCommand((state, command) -> unknown(command));
        on.forStateType(Ended.class)
                .onCommand(CallOnStream.class, this::beginAgain)
                .onCommand(Sweep.class, (state, sweep) -> sweepEnded(state))
                .onAnyCommand((state, command) -> unknown(command));
        return on.build();
    }

    private Effect<SessionEvent, SessionState> begin(String principal, SessionCommand wish) {
        context.ask(
                Boolean.class,
                parts.cap(),
                Duration.ofSeconds(5),
                replyTo -> new SessionCap.Admit(principal, id, replyTo),
                (granted, failure) -> new Admitted(wish, failure == null && Boolean.TRUE.equals(granted)));
        return Effect().none();
    }

    private Effect<SessionEvent, SessionState> admitted(Fresh state, Admitted admitted) {
        Instant now = parts.clock().instant();
        if (admitted.attach() instanceof Attach attach) {
            if (!admitted.granted()) {
                attach.replyTo().tell(new ToClient.AttachRefused(Refusal.TOO_MANY_SESSIONS));
                return leave();
            }
            return Effect()
                    .persist(List.of(new SessionOpened(attach.principal(), now), attached(attach, now)))
                    .thenRun((OpenSession open) -> linked(open, attach, false));
        } else if (admitted.attach() instanceof Open opening) {
            if (!admitted.granted()) {
                opening.replyTo().tell(new ToClient.AttachRefused(Refusal.TOO_MANY_SESSIONS));
                return leave();
            }
            return Effect()
                    .persist(List.of(new SessionOpened(opening.principal(), now), opened(opening, now)))
                    .thenRun((OpenSession open) -> told(open, opening, false));
        }
        return Effect().none();
    }

    /** Somebody else's wish was granted first. */
    private Effect<SessionEvent, SessionState> admittedLate(OpenSession state, Admitted late) {
        if (late.attach() instanceof Attach attach) {
            return attach(state, attach);
        }
        return late.attach() instanceof Open opening
                ? openAgain(state, opening)
                : Effect().none();
    }

    private static ClientAttached attached(Attach by, Instant now) {
        return new ClientAttached(by.connection(), by.client(), by.revision(), now, by.capabilities());
    }

    private static ClientAttached opened(Open by, Instant now) {
        return new ClientAttached("", by.client(), by.revision(), now, by.capabilities());
    }

    private void told(OpenSession open, Open by, boolean resumed) {
        touched();
        by.replyTo().tell(new ToClient.Attached(resumed, open.revision(), open.subscriptions()));
        parts.cap().tell(new SessionCap.Used(open.principal(), id));
    }

    /** A client without a handshake: its first call begins the session. */
    private Effect<SessionEvent, SessionState> beginOnStream(Fresh state, CallOnStream call) {
        if (!call.opens()) {
            return refuse(call);
        }
        return Effect()
                .persist(new SessionOpened(call.principal(), parts.clock().instant()))
                .thenRun(() -> callAgain(call));
    }

    /** A session that no client can name never ends for good. */
    private Effect<SessionEvent, SessionState> beginAgain(Ended state, CallOnStream call) {
        return call.opens() && call.principal().equals(state.principal())
                ? Effect()
                        .persist(new SessionOpened(
                                call.principal(), parts.clock().instant()))
                        .thenRun(() -> callAgain(call))
                : unknown(call);
    }

    private void callAgain(CallOnStream call) {
        opening.add(call.request().requestId());
        context.getSelf().tell(call);
    }

    private Effect<SessionEvent, SessionState> openAgain(OpenSession state, Open opening) {
        if (!isOwner(state, opening.principal())) {
            return unknown(opening);
        }
        return Effect()
                .persist(opened(opening, parts.clock().instant()))
                .thenRun((OpenSession open) -> told(open, opening, true));
    }

    private Effect<SessionEvent, SessionState> callOnStream(OpenSession state, CallOnStream call) {
        if (!isOwner(state, call.principal())) {
            return unknown(call);
        }
        touched();
        opening.remove(call.request().requestId());
        outbox.streams().open(call.stream(), call.replyTo());
        return calls.callTool(state, new Calls.Entry(call.request(), call.stream(), call.replyTo()));
    }

    private Effect<SessionEvent, SessionState> cancelOnStream(OpenSession state, CancelOnStream cancel) {
        if (opening.contains(cancel.requestId())) {
            context.getSelf().tell(cancel);
            return Effect().none();
        }
        return isOwner(state, cancel.principal())
                ? calls.cancel(state, cancel.requestId(), cancel.reason())
                : Effect().none();
    }

    private Effect<SessionEvent, SessionState> cancel(OpenSession state, CancelCall cancel) {
        return cancel.connection().equals(state.connection())
                ? calls.cancel(state, cancel.requestId(), cancel.reason())
                : Effect().none();
    }

    private Effect<SessionEvent, SessionState> resume(OpenSession state, Resume resume) {
        if (!isOwner(state, resume.principal())) {
            return unknown(resume);
        }
        touched();
        outbox.streams().open(resume.stream(), resume.replyTo());
        calls.inputs().askAgain(state, resume.stream());
        outbox.resume(state, resume.stream(), resume.after());
        return Effect().none();
    }

    private Effect<SessionEvent, SessionState> streamLost(OpenSession state, StreamLost lost) {
        outbox.streams().lost(lost.client());
        return Effect().none();
    }

    private Effect<SessionEvent, SessionState> streamLostEarly(Fresh state, StreamLost lost) {
        outbox.streams().lost(lost.client());
        return Effect().none();
    }

    /** Ends the session, with what runs in it. */
    private Effect<SessionEvent, SessionState> end(OpenSession state, End end) {
        if (!isOwner(state, end.principal())) {
            return unknown(end);
        }
        Instant now = parts.clock().instant();
        List<SessionEvent> events = new ArrayList<>();
        state.running()
                .keySet()
                .forEach(call -> events.add(new CallCancelled(call, "the client ended the session", now)));
        events.add(new SessionExpired(now));
        return Effect().persist(events).thenRun(() -> {
            calls.interruptAll(state);
            calls.tasks().forgetAll();
            outbox.streams().endAll();
            outbox.tellMain(new ToClient.Superseded());
            end.replyTo().tell(new Known(true));
            ended(state);
        });
    }

    private Effect<SessionEvent, SessionState> respond(OpenSession state, Respond answer) {
        return isOwner(state, answer.principal())
                ? calls.inputs().respond(state, answer)
                : Effect().none();
    }

    private static boolean isOwner(OpenSession state, String principal) {
        return principal.equals(state.principal());
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
        return Effect().persist(attached(attach, now)).thenRun((OpenSession open) -> linked(open, attach, resumed));
    }

    private void linked(OpenSession open, Attach attach, boolean resumed) {
        touched();
        boolean fresh = outbox.attach(open, attach.connection(), attach.replyTo());
        if (!attach.revision().isEmpty()) {
            outbox.introduced();
        }
        attach.replyTo().tell(new ToClient.Attached(resumed, open.revision(), open.subscriptions()));
        parts.cap().tell(new SessionCap.Used(open.principal(), id));
        if (fresh) {
            calls.inputs().askAgain(open, null);
            outbox.pump(open);
        }
    }

    private Effect<SessionEvent, SessionState> detach(OpenSession state, String connection) {
        outbox.detach(connection);
        return state.attached() && connection.equals(state.connection())
                ? Effect()
                        .persist(new ClientDetached(
                                connection, outbox.acknowledged(), parts.clock().instant()))
                : Effect().none();
    }

    private Effect<SessionEvent, SessionState> touch(OpenSession state, Touch touch) {
        if (!isHere(state, touch.connection(), touch.replyTo())) {
            return Effect().none();
        }
        return keepAlive(state, parts.clock().instant());
    }

    /** Writes down that the session is in use, when that has not been written for long. */
    private Effect<SessionEvent, SessionState> keepAlive(OpenSession state, Instant now) {
        boolean worthWriting = Duration.between(state.lastActive(), now)
                        .compareTo(parts.settings().idleTimeout().dividedBy(8))
                > 0;
        return worthWriting
                ? Effect().persist(new SessionTouched(now))
                : Effect().none();
    }

    private Effect<SessionEvent, SessionState> callTool(OpenSession state, CallTool call) {
        return isHere(state, call.connection(), call.replyTo())
                ? calls.callTool(state, new Calls.Entry(call.request(), null, call.replyTo()))
                : Effect().none();
    }

    private Effect<SessionEvent, SessionState> submit(OpenSession state, SubmitCall submitted) {
        return isHere(state, submitted.call().connection(), submitted.call().replyTo())
                ? submissions.submit(state, submitted)
                : Effect().none();
    }

    private Effect<SessionEvent, SessionState> recall(OpenSession state, Recall recall) {
        return isHere(state, recall.connection(), recall.replyTo())
                ? submissions.recall(state, recall)
                : Effect().none();
    }

    /** Whether the sender is the attached connection; finds the way back to it after a rest out of memory. */
    private boolean isHere(OpenSession state, String connection, ActorRef<ToClient> client) {
        if (!connection.equals(state.connection())) {
            client.tell(new ToClient.Superseded());
            return false;
        }
        touched();
        if (outbox.attach(state, connection, client)) {
            outbox.pump(state);
        }
        return true;
    }

    private Effect<SessionEvent, SessionState> check(OpenSession state, Check check) {
        Instant now = parts.clock().instant();
        if (!isOwner(state, check.principal()) || isExpired(state, now)) {
            return unknown(check);
        }
        touched();
        check.replyTo().tell(new Known(true, state.revision(), state.subscriptions()));
        return keepAlive(state, now);
    }

    private void recovered(SessionState state) {
        if (state instanceof OpenSession open) {
            outbox.recovered(open);
            if (!open.running().isEmpty()) {
                context.getSelf().tell(new WokenWithWork());
            }
        }
    }

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
        return state instanceof OpenSession open && (calls.isBusy(open) || outbox.isBusy(open));
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
        return outbox.isAttached() || isBusy(state) ? Effect().none() : leave();
    }

    private Effect<SessionEvent, SessionState> sweepEnded(Ended state) {
        if (!parts.clock().instant().isBefore(state.at().plus(parts.settings().historyRetention()))) {
            host.erase(persistenceId());
        }
        return leave();
    }

    private void ended(OpenSession state) {
        new CallLog(context.getLog(), id).expired();
        parts.cap().tell(new SessionCap.Ended(state.principal(), id));
        outbox.release();
        host.passivate(context.getSelf());
    }

    private boolean isExpired(OpenSession state, Instant now) {
        return !calls.isBusy(state)
                && calls.tasks().all(state).isEmpty()
                && Duration.between(state.lastActive(), now)
                                .compareTo(parts.settings().idleTimeout())
                        > 0
                && Duration.between(lastTouched, now).compareTo(parts.settings().idleTimeout()) > 0;
    }

    /** What an unknown, foreign or ended session says: the same to everybody. */
    private Effect<SessionEvent, SessionState> unknown(SessionCommand command) {
        Strangers.answer(command);
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
}
