package io.exai.server.session;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.CallCancelled;
import io.exai.persistence.session.SessionEvent.ClientAttached;
import io.exai.persistence.session.SessionEvent.ClientDetached;
import io.exai.persistence.session.SessionEvent.SessionExpired;
import io.exai.persistence.session.SessionEvent.SessionOpened;
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
import io.exai.server.session.SessionCommand.Known;
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
    private final ActorContext<SessionCommand> context;
    private final Outbox outbox;
    private final Calls calls;
    private final Endings endings;
    private final Restarts restarts;
    private final Inputs inputs;
    private final RunReports reports;
    private final Tasks tasks;
    private final Submissions submissions;
    private final Lifetime lifetime;
    private final Wishes wishes;

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
        this.context = context;
        this.outbox = new Outbox(context, timers, Effect(), parts.contents(), parts.clock());
        CallParts own = CallParts.of(id, parts, context, timers, Effect(), outbox);
        this.endings = new Endings(own);
        this.restarts = new Restarts(own, endings);
        this.inputs = new Inputs(own, endings, restarts);
        this.reports = new RunReports(own, endings, inputs);
        this.calls = new Calls(own, endings);
        this.tasks = own.tasks();
        this.submissions = new Submissions(calls, parts, Effect());
        this.lifetime = new Lifetime(id, own, host, timers, calls);
        this.wishes = new Wishes(own, calls, inputs, lifetime);
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
                .onCommand(Check.class, this::check)
                .onCommand(Opening.class, this::attach)
                .onCommand(Admitted.class, (state, late) -> attach(state, late.wish()))
                .onCommand(Detach.class, (state, gone) -> detach(state, gone.connection()))
                .onCommand(ConnectionLost.class, (state, gone) -> detach(state, gone.connection()))
                .onCommand(Touch.class, this::touch)
                .onCommand(ArgumentsStored.class, calls::argumentsStored)
                .onCommand(ArgumentsRead.class, restarts::argumentsRead)
                .onCommand(AnswerStored.class, endings::answerStored)
                .onCommand(AnswerRead.class, outbox::answerRead)
                .onCommand(WorkStopped.class, endings::workStopped)
                .onCommand(CallOverdue.class, endings::callOverdue)
                .onCommand(CancelCall.class, this::cancel)
                .onCommand(CallOnStream.class, this::callOnStream)
                .onCommand(CancelOnStream.class, this::cancelOnStream)
                .onCommand(Resume.class, this::resume)
                .onCommand(End.class, this::end)
                .onCommand(Respond.class, this::respond)
                .onCommand(Subscribe.class, wishes::subscribe)
                .onCommand(SetLogLevel.class, wishes::setLogLevel)
                .onCommand(Describe.class, wishes::describe)
                .onCommand(OnTask.class, wishes::onTask)
                .onCommand(ListTasks.class, wishes::listTasks)
                .onCommand(TaskRead.class, wishes::taskRead)
                .onCommand(StreamAnswerRead.class, this::streamAnswerRead)
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
                .onCommand(StreamLost.class, (state, lost) -> streamLost(lost))
                .onCommand(Stop.class, (state, stop) -> lifetime.stop(state));
        on.forStateType(Fresh.class)
                .onCommand(Check.class, (state, check) -> refuse(check))
                .onCommand(Describe.class, (state, describe) -> refuse(describe))
                .onCommand(Opening.class, (state, opening) -> opening.create() ? begin(opening) : refuse(opening))
                .onCommand(CallOnStream.class, this::beginOnStream)
                .onCommand(Retold.class, (state, retold) -> refuse(retold))
                .onCommand(Admitted.class, this::admitted)
                .onAnyCommand((state, command) -> unknown(command));
        on.forStateType(Ended.class)
                .onCommand(CallOnStream.class, this::beginAgain)
                .onCommand(Sweep.class, (state, sweep) -> lifetime.sweepEnded(state))
                .onAnyCommand((state, command) -> unknown(command));
        return on.build();
    }

    private Effect<SessionEvent, SessionState> begin(Opening wish) {
        context.ask(
                Boolean.class,
                parts.cap(),
                Duration.ofSeconds(5),
                replyTo -> new SessionCap.Admit(wish.principal(), id, replyTo),
                (granted, failure) -> new Admitted(wish, failure == null && Boolean.TRUE.equals(granted)));
        return Effect().none();
    }

    private Effect<SessionEvent, SessionState> admitted(Fresh state, Admitted admitted) {
        Opening wish = admitted.wish();
        if (!admitted.granted()) {
            wish.replyTo().tell(new ToClient.AttachRefused(Refusal.TOO_MANY_SESSIONS));
            return lifetime.leave();
        }
        SessionOpened opened = new SessionOpened(wish.principal(), parts.clock().instant());
        return Effect()
                .persist(List.of(opened, attached(wish)))
                .thenRun((OpenSession open) -> welcome(open, wish, false));
    }

    private Effect<SessionEvent, SessionState> attach(OpenSession state, Opening wish) {
        if (!isOwner(state, wish.principal())) {
            return unknown(wish);
        }
        if (lifetime.isExpired(state)) {
            return lifetime.expire(state, () -> unknown(wish));
        }
        boolean resumed = wish.connection().isEmpty() || !wish.connection().equals(state.connection());
        return Effect().persist(attached(wish)).thenRun((OpenSession open) -> welcome(open, wish, resumed));
    }

    private ClientAttached attached(Opening by) {
        return new ClientAttached(
                by.connection(), by.client(), by.revision(), parts.clock().instant(), by.capabilities());
    }

    private void welcome(OpenSession open, Opening by, boolean resumed) {
        lifetime.touch();
        boolean fresh = !by.connection().isEmpty() && outbox.attach(open, by.connection(), by.replyTo());
        if (!by.revision().isEmpty()) {
            outbox.introduced();
        }
        by.replyTo().tell(new ToClient.Attached(resumed, open.revision(), open.subscriptions()));
        parts.cap().tell(new SessionCap.Used(open.principal(), id));
        if (fresh) {
            inputs.askAgain(open, null);
            outbox.pump(open);
        }
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

    private Effect<SessionEvent, SessionState> callOnStream(OpenSession state, CallOnStream call) {
        if (!isOwner(state, call.principal())) {
            return unknown(call);
        }
        lifetime.touch();
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
        lifetime.touch();
        outbox.streams().open(resume.stream(), resume.replyTo());
        inputs.askAgain(state, resume.stream());
        outbox.streams().resume(state, resume.stream(), resume.after());
        return Effect().none();
    }

    private Effect<SessionEvent, SessionState> streamLost(StreamLost lost) {
        outbox.streams().lost(lost.client());
        return Effect().none();
    }

    private Effect<SessionEvent, SessionState> streamAnswerRead(OpenSession state, StreamAnswerRead read) {
        outbox.streams().answerRead(state, read);
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
            tasks.forgetAll();
            outbox.streams().endAll();
            outbox.tellMain(new ToClient.Superseded());
            end.replyTo().tell(new Known(true));
            lifetime.ended(state);
        });
    }

    private Effect<SessionEvent, SessionState> respond(OpenSession state, Respond answer) {
        return isOwner(state, answer.principal())
                ? inputs.respond(state, answer)
                : Effect().none();
    }

    private static boolean isOwner(OpenSession state, String principal) {
        return principal.equals(state.principal());
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
        return lifetime.keepAlive(state);
    }

    private Effect<SessionEvent, SessionState> callTool(OpenSession state, CallTool call) {
        return isHere(state, call.connection(), call.replyTo())
                ? calls.callTool(state, new Calls.Entry(call.request(), null, call.replyTo()))
                : Effect().none();
    }

    /** A late copy of a call that has ended long ago must not run it again: who told it knows whether it waits. */
    private Effect<SessionEvent, SessionState> retold(OpenSession state, Retold retold) {
        SessionCommand.Call call = retold.call();
        if (!calls.isKnown(state, new Calls.Entry(call.request(), null, call.replyTo()))) {
            return unknown(retold);
        } else if (call instanceof CallTool plain) {
            return callTool(state, plain);
        } else if (call instanceof CallOnStream streamed) {
            return callOnStream(state, streamed);
        }
        return submit(state, (SubmitCall) call);
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
        lifetime.touch();
        if (outbox.attach(state, connection, client)) {
            outbox.pump(state);
        }
        return true;
    }

    private Effect<SessionEvent, SessionState> check(OpenSession state, Check check) {
        if (!isOwner(state, check.principal()) || lifetime.isExpired(state)) {
            return unknown(check);
        }
        lifetime.touch();
        check.replyTo().tell(new Known(true, state.revision(), state.subscriptions()));
        return lifetime.keepAlive(state);
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

    /** What an unknown, foreign or ended session says: the same to everybody. */
    private Effect<SessionEvent, SessionState> unknown(SessionCommand command) {
        Strangers.answer(command);
        return Effect().none();
    }

    /** As {@link #unknown}, and nothing of the session stays in memory. */
    private Effect<SessionEvent, SessionState> refuse(SessionCommand command) {
        unknown(command);
        return lifetime.leave();
    }
}
