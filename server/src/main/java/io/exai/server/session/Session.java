package io.exai.server.session;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.SessionEvent;
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
import io.exai.server.session.SessionCommand.CallTool;
import io.exai.server.session.SessionCommand.CancelCall;
import io.exai.server.session.SessionCommand.Check;
import io.exai.server.session.SessionCommand.Detach;
import io.exai.server.session.SessionCommand.Known;
import io.exai.server.session.SessionCommand.Recall;
import io.exai.server.session.SessionCommand.Stop;
import io.exai.server.session.SessionCommand.SubmitCall;
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
import io.exai.server.session.SessionSignal.WokenWithWork;
import io.exai.server.session.SessionSignal.WorkReported;
import io.exai.server.session.SessionSignal.WorkStopped;
import io.exai.server.session.ToClient.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private final Instant startedAt;
    private Instant lastTouched = Instant.EPOCH;

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
        on.forStateType(OpenSession.class)
                .onCommand(CallTool.class, this::callTool)
                .onCommand(WorkReported.class, calls::workReported)
                .onCommand(Check.class, this::check)
                .onCommand(Attach.class, this::attach)
                .onCommand(Admitted.class, (state, late) -> attach(state, late.attach()))
                .onCommand(Detach.class, (state, gone) -> detach(state, gone.connection()))
                .onCommand(ConnectionLost.class, (state, gone) -> detach(state, gone.connection()))
                .onCommand(Touch.class, this::touch)
                .onCommand(ArgumentsStored.class, calls::argumentsStored)
                .onCommand(ArgumentsRead.class, calls::argumentsRead)
                .onCommand(AnswerStored.class, calls::answerStored)
                .onCommand(AnswerRead.class, outbox::answerRead)
                .onCommand(WorkStopped.class, calls::workStopped)
                .onCommand(CallOverdue.class, calls::callOverdue)
                .onCommand(CancelCall.class, calls::cancel)
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
                .onCommand(Attach.class, (state, attach) -> begin(attach))
                .onCommand(Admitted.class, this::admitted)
                .onAnyCommand((state, command) -> unknown(command));
        on.forStateType(Ended.class)
                .onCommand(Sweep.class, (state, sweep) -> sweepEnded(state))
                .onAnyCommand((state, command) -> unknown(command));
        return on.build();
    }

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
        boolean fresh = outbox.attach(open, attach.connection(), attach.replyTo());
        if (!attach.revision().isEmpty()) {
            outbox.introduced();
        }
        attach.replyTo().tell(new ToClient.Attached(resumed, open.revision()));
        parts.cap().tell(new SessionCap.Used(open.principal(), id));
        if (fresh) {
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
        Instant now = parts.clock().instant();
        boolean worthWriting = Duration.between(state.lastActive(), now)
                        .compareTo(parts.settings().idleTimeout().dividedBy(8))
                > 0;
        return worthWriting
                ? Effect().persist(new SessionTouched(now))
                : Effect().none();
    }

    private Effect<SessionEvent, SessionState> callTool(OpenSession state, CallTool call) {
        return isHere(state, call.connection(), call.replyTo())
                ? calls.callTool(state, call)
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
        check.replyTo()
                .tell(new Known(check.principal().equals(state.principal())
                        && !isExpired(state, parts.clock().instant())));
        return Effect().none();
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
        } else if (command instanceof SubmitCall submitted) {
            unknown(submitted.call());
        } else if (command instanceof Withdraw withdraw) {
            withdraw.replyTo().tell(new ToClient.Withdrawn(withdraw.cancel().requestId(), false));
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
}
