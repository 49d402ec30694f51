package io.exai.server.session;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionState;
import io.exai.persistence.session.SessionState.Ended;
import io.exai.persistence.session.SessionState.Fresh;
import io.exai.server.session.SessionCommand.Acknowledge;
import io.exai.server.session.SessionCommand.CallOnStream;
import io.exai.server.session.SessionCommand.CallTool;
import io.exai.server.session.SessionCommand.CancelCall;
import io.exai.server.session.SessionCommand.CancelOnStream;
import io.exai.server.session.SessionCommand.Check;
import io.exai.server.session.SessionCommand.Describe;
import io.exai.server.session.SessionCommand.Detach;
import io.exai.server.session.SessionCommand.End;
import io.exai.server.session.SessionCommand.ListTasks;
import io.exai.server.session.SessionCommand.OnTask;
import io.exai.server.session.SessionCommand.Opening;
import io.exai.server.session.SessionCommand.Recall;
import io.exai.server.session.SessionCommand.Respond;
import io.exai.server.session.SessionCommand.Resume;
import io.exai.server.session.SessionCommand.Retold;
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
import io.exai.server.session.SessionSignal.TakeUp;
import io.exai.server.session.SessionSignal.TaskRead;
import io.exai.server.session.SessionSignal.WokenWithWork;
import io.exai.server.session.SessionSignal.WorkReported;
import io.exai.server.session.SessionSignal.WorkStopped;
import java.time.Duration;
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

    private final SessionParts parts;
    private final ActorContext<SessionCommand> context;
    private final Outbox outbox;
    private final CallParts own;
    private final Calls calls;
    private final Endings endings;
    private final Restarts restarts;
    private final Inputs inputs;
    private final RunReports reports;
    private final Submissions submissions;
    private final Lifetime lifetime;
    private final Wishes wishes;
    private final Attendance attendance;
    private final StreamClients streamClients;

    private Session(
            String id,
            SessionParts parts,
            SessionHost host,
            ActorContext<SessionCommand> context,
            TimerScheduler<SessionCommand> timers) {
        super(
                PersistenceId.of(KEY.name(), id),
                SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(2), 0.1));
        this.parts = parts;
        this.context = context;
        this.outbox = new Outbox(context, timers, Effect(), parts.contents(), parts.clock());
        this.own = CallParts.of(id, parts, context, timers, Effect(), outbox);
        this.endings = new Endings(own);
        this.restarts = new Restarts(own, endings);
        this.inputs = new Inputs(own, endings, restarts);
        this.reports = new RunReports(own, endings, inputs);
        this.calls = new Calls(own, endings);
        this.submissions = new Submissions(calls, parts, Effect());
        this.lifetime = new Lifetime(id, own, host, timers, calls);
        this.wishes = new Wishes(own, calls, inputs, lifetime);
        this.attendance = new Attendance(id, own, inputs, lifetime);
        this.streamClients = new StreamClients(own, calls, inputs, lifetime);
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
                .onCommand(Retold.class, this::retold)
                .onCommand(WorkReported.class, reports::workReported)
                .onCommand(Check.class, attendance::check)
                .onCommand(Opening.class, attendance::attach)
                .onCommand(Admitted.class, (state, late) -> attendance.attach(state, late.wish()))
                .onCommand(Detach.class, (state, gone) -> attendance.detach(state, gone.connection()))
                .onCommand(ConnectionLost.class, (state, gone) -> attendance.detach(state, gone.connection()))
                .onCommand(Touch.class, attendance::touch)
                .onCommand(ArgumentsStored.class, calls::argumentsStored)
                .onCommand(ArgumentsRead.class, restarts::argumentsRead)
                .onCommand(AnswerStored.class, endings::answerStored)
                .onCommand(AnswerRead.class, outbox::answerRead)
                .onCommand(WorkStopped.class, endings::workStopped)
                .onCommand(CallOverdue.class, endings::callOverdue)
                .onCommand(CancelCall.class, this::cancel)
                .onCommand(CallOnStream.class, streamClients::call)
                .onCommand(CancelOnStream.class, streamClients::cancel)
                .onCommand(Resume.class, streamClients::resume)
                .onCommand(End.class, lifetime::end)
                .onCommand(Respond.class, this::respond)
                .onCommand(Subscribe.class, wishes::subscribe)
                .onCommand(SetLogLevel.class, wishes::setLogLevel)
                .onCommand(Describe.class, wishes::describe)
                .onCommand(OnTask.class, wishes::onTask)
                .onCommand(ListTasks.class, wishes::listTasks)
                .onCommand(TaskRead.class, wishes::taskRead)
                .onCommand(StreamAnswerRead.class, streamClients::answerRead)
                .onCommand(SubmitCall.class, this::submit)
                .onCommand(Recall.class, this::recall)
                .onCommand(Withdraw.class, submissions::withdraw)
                .onCommand(Acknowledge.class, outbox::acknowledge)
                .onCommand(AcknowledgementsDue.class, (state, due) -> outbox.writeAcknowledged(state))
                .onCommand(WokenWithWork.class, (state, woken) -> restarts.repeat(state))
                .onCommand(TakeUp.class, restarts::takeUp)
                .onCommand(Sweep.class, (state, sweep) -> lifetime.sweep(state));
        on.forAnyState()
                .onCommand(IdleCheck.class, (state, check) -> lifetime.idleCheck(state))
                .onCommand(StreamLost.class, (state, lost) -> streamClients.lost(lost))
                .onCommand(Stop.class, (state, stop) -> lifetime.stop(state));
        on.forStateType(Fresh.class)
                .onCommand(Check.class, (state, check) -> lifetime.refuse(check))
                .onCommand(Describe.class, (state, describe) -> lifetime.refuse(describe))
                .onCommand(Opening.class, attendance::begin)
                .onCommand(CallOnStream.class, streamClients::begin)
                .onCommand(Retold.class, (state, retold) -> lifetime.refuse(retold))
                .onCommand(Admitted.class, attendance::admitted)
                .onAnyCommand((state, command) -> own.unknown(command));
        on.forStateType(Ended.class)
                .onCommand(CallOnStream.class, streamClients::beginAgain)
                .onCommand(Sweep.class, (state, sweep) -> lifetime.sweepEnded(state))
                .onAnyCommand((state, command) -> own.unknown(command));
        return on.build();
    }

    private Effect<SessionEvent, SessionState> cancel(OpenSession state, CancelCall cancel) {
        return cancel.connection().equals(state.connection())
                ? calls.cancel(state, cancel.requestId(), cancel.reason())
                : Effect().none();
    }

    private Effect<SessionEvent, SessionState> respond(OpenSession state, Respond answer) {
        return answer.principal().equals(state.principal())
                ? inputs.respond(state, answer)
                : Effect().none();
    }

    private Effect<SessionEvent, SessionState> callTool(OpenSession state, CallTool call) {
        return attendance.isHere(state, call.connection(), call.replyTo())
                ? calls.callTool(state, new Calls.Entry(call.request(), null, call.replyTo()))
                : Effect().none();
    }

    /** A late copy of a call that has ended long ago must not run it again: who told it knows whether it waits. */
    private Effect<SessionEvent, SessionState> retold(OpenSession state, Retold retold) {
        SessionCommand.Call call = retold.call();
        if (!calls.isKnown(state, new Calls.Entry(call.request(), null, call.replyTo()))) {
            return own.unknown(retold);
        } else if (call instanceof CallTool plain) {
            return callTool(state, plain);
        } else if (call instanceof CallOnStream streamed) {
            return streamClients.retold(state, streamed);
        }
        SubmitCall submitted = (SubmitCall) call;
        return isHere(state, submitted)
                ? submissions.retold(state, submitted)
                : Effect().none();
    }

    private Effect<SessionEvent, SessionState> submit(OpenSession state, SubmitCall submitted) {
        return isHere(state, submitted)
                ? submissions.submit(state, submitted)
                : Effect().none();
    }

    private boolean isHere(OpenSession state, SubmitCall submitted) {
        return attendance.isHere(state, submitted.call().connection(), submitted.replyTo());
    }

    private Effect<SessionEvent, SessionState> recall(OpenSession state, Recall recall) {
        return attendance.isHere(state, recall.connection(), recall.replyTo())
                ? submissions.recall(state, recall)
                : Effect().none();
    }

    private void recovered(SessionState state) {
        if (state instanceof OpenSession open) {
            outbox.recovered(open);
            calls.recovered();
            outbox.pump(open);
            if (!open.running().isEmpty()) {
                context.getSelf().tell(new WokenWithWork());
            }
        }
    }
}
