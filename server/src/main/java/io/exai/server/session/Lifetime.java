package io.exai.server.session;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.CallCancelled;
import io.exai.persistence.session.SessionEvent.SessionExpired;
import io.exai.persistence.session.SessionEvent.SessionTouched;
import io.exai.persistence.session.SessionState;
import io.exai.persistence.session.SessionState.Ended;
import io.exai.server.session.SessionCommand.End;
import io.exai.server.session.SessionCommand.Known;
import io.exai.server.session.SessionCommand.Stop;
import io.exai.server.session.SessionSignal.IdleCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.jspecify.annotations.Nullable;

/** How long a session stays in memory, and how long it lives. One with work in flight stays, and lives on. */
final class Lifetime {
    /** How often a session that is to go looks whether its work has ended. */
    private static final Duration LEAVE_CHECK = Duration.ofMillis(20);

    private final String id;
    private final CallParts own;
    private final SessionParts parts;
    private final SessionHost host;
    private final TimerScheduler<SessionCommand> timers;
    private final Calls calls;
    private final Instant startedAt;
    private Instant lastTouched = Instant.EPOCH;
    private @Nullable Instant leaveAt;

    Lifetime(String id, CallParts own, SessionHost host, TimerScheduler<SessionCommand> timers, Calls calls) {
        this.id = id;
        this.own = own;
        this.parts = own.parts();
        this.host = host;
        this.timers = timers;
        this.calls = calls;
        this.startedAt = parts.clock().instant();
    }

    /** Somebody uses the session. */
    void touch() {
        lastTouched = parts.clock().instant();
    }

    /** Writes down that the session is in use, when that has not been written for long. */
    Effect<SessionEvent, SessionState> keepAlive(OpenSession state) {
        Instant now = parts.clock().instant();
        boolean worthWriting = Duration.between(state.lastActive(), now)
                        .compareTo(parts.settings().idleTimeout().dividedBy(8))
                > 0;
        return worthWriting
                ? own.effects().persist(new SessionTouched(now))
                : own.effects().none();
    }

    boolean isExpired(OpenSession state) {
        Instant now = parts.clock().instant();
        Duration limit = parts.settings().idleTimeout();
        return !calls.isBusy(state)
                && own.tasks().all(state).isEmpty()
                && Duration.between(state.lastActive(), now).compareTo(limit) > 0
                && Duration.between(lastTouched, now).compareTo(limit) > 0;
    }

    /** Ends the session, whose time is over, and then does that. */
    Effect<SessionEvent, SessionState> expire(OpenSession state, Runnable then) {
        return own.effects()
                .persist(new SessionExpired(parts.clock().instant()))
                .thenRun(() -> ended(state))
                .thenRun(then::run);
    }

    /** Ends the session at its client's wish, with what runs in it. */
    Effect<SessionEvent, SessionState> end(OpenSession state, End end) {
        if (!end.principal().equals(state.principal())) {
            return own.unknown(end);
        }
        Instant now = parts.clock().instant();
        List<SessionEvent> events = new ArrayList<>();
        state.running()
                .keySet()
                .forEach(call -> events.add(new CallCancelled(call, "the client ended the session", now)));
        events.add(new SessionExpired(now));
        return own.effects().persist(events).thenRun(() -> {
            calls.interruptAll(state);
            own.tasks().forgetAll();
            own.outbox().streams().endAll();
            own.outbox().tellMain(new ToClient.Superseded());
            end.replyTo().tell(new Known(true));
            ended(state);
        });
    }

    /** The session is over; the journal says so. */
    private void ended(OpenSession state) {
        own.log().expired();
        parts.cap().tell(new SessionCap.Ended(state.principal(), id));
        own.outbox().release();
        host.passivate(own.context().getSelf());
    }

    Effect<SessionEvent, SessionState> idleCheck(SessionState state) {
        Instant last = lastTouched.isAfter(startedAt) ? lastTouched : startedAt;
        Duration patience = parts.settings().passivateAfter();
        Duration rest = patience.minus(Duration.between(last, parts.clock().instant()));
        if (!isBusy(state) && rest.toMillis() <= 0) {
            return leave();
        }
        timers.startSingleTimer(new IdleCheck(), rest.toMillis() > 0 ? rest : patience);
        return own.effects().none();
    }

    private boolean isBusy(SessionState state) {
        return state instanceof OpenSession open
                && (calls.isBusy(open) || own.outbox().isBusy(open));
    }

    Effect<SessionEvent, SessionState> sweep(OpenSession state) {
        if (isExpired(state)) {
            return expire(state, () -> {});
        }
        return own.outbox().isAttached() || isBusy(state) ? own.effects().none() : leave();
    }

    /** Erases a session that ended long ago. */
    Effect<SessionEvent, SessionState> sweepEnded(Ended state) {
        if (!parts.clock().instant().isBefore(state.at().plus(parts.settings().historyRetention()))) {
            host.erase(PersistenceId.of(Session.KEY.name(), id));
        }
        return leave();
    }

    /**
     * Work that runs while the shard moves has a short while to end; what runs on is taken up again where the shard
     * arrives, or here when it does not move. Nothing new arrives meanwhile.
     */
    Effect<SessionEvent, SessionState> stop(SessionState state) {
        if (leaveAt == null) {
            leaveAt = parts.clock().instant().plus(parts.settings().handOver());
        }
        if (state instanceof OpenSession busy
                && calls.isWorking(busy)
                && parts.clock().instant().isBefore(leaveAt)) {
            timers.startSingleTimer(LEAVE_CHECK, new Stop(), LEAVE_CHECK);
            return own.effects().none();
        }
        if (state instanceof OpenSession open && !open.running().isEmpty()) {
            host.wake(id);
        }
        return own.effects().stop();
    }

    /** As {@link CallParts#unknown}, and nothing of the session stays in memory. */
    Effect<SessionEvent, SessionState> refuse(SessionCommand command) {
        Strangers.answer(command);
        return leave();
    }

    /** Leaves memory. */
    Effect<SessionEvent, SessionState> leave() {
        host.passivate(own.context().getSelf());
        return own.effects().none();
    }
}
