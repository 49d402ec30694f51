package io.exai.server.session;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.ClientAttached;
import io.exai.persistence.session.SessionEvent.ClientDetached;
import io.exai.persistence.session.SessionEvent.SessionOpened;
import io.exai.persistence.session.SessionState;
import io.exai.persistence.session.SessionState.Fresh;
import io.exai.server.session.SessionCommand.Check;
import io.exai.server.session.SessionCommand.Known;
import io.exai.server.session.SessionCommand.Opening;
import io.exai.server.session.SessionCommand.Touch;
import io.exai.server.session.SessionSignal.Admitted;
import io.exai.server.session.ToClient.Refusal;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;

/** Which client is here: how one comes, shows that it still is, and goes. One connection owns a session at a time. */
final class Attendance {
    private final String id;
    private final CallParts own;
    private final SessionParts parts;
    private final Outbox outbox;
    private final EffectFactories<SessionEvent, SessionState> effects;
    private final Inputs inputs;
    private final Lifetime lifetime;

    Attendance(String id, CallParts own, Inputs inputs, Lifetime lifetime) {
        this.id = id;
        this.own = own;
        this.parts = own.parts();
        this.outbox = own.outbox();
        this.effects = own.effects();
        this.inputs = inputs;
        this.lifetime = lifetime;
    }

    Effect<SessionEvent, SessionState> begin(Fresh state, Opening wish) {
        if (!wish.create()) {
            return lifetime.refuse(wish);
        }
        own.context()
                .ask(
                        Boolean.class,
                        parts.cap(),
                        Duration.ofSeconds(5),
                        replyTo -> new SessionCap.Admit(wish.principal(), id, replyTo),
                        (granted, failure) -> new Admitted(wish, failure == null && Boolean.TRUE.equals(granted)));
        return effects.none();
    }

    Effect<SessionEvent, SessionState> admitted(Fresh state, Admitted admitted) {
        Opening wish = admitted.wish();
        if (!admitted.granted()) {
            wish.replyTo().tell(new ToClient.AttachRefused(Refusal.TOO_MANY_SESSIONS));
            return lifetime.leave();
        }
        SessionOpened opened = new SessionOpened(wish.principal(), parts.clock().instant());
        return effects.persist(List.of(opened, attached(wish)))
                .thenRun((OpenSession open) -> welcome(open, wish, false));
    }

    Effect<SessionEvent, SessionState> attach(OpenSession state, Opening wish) {
        if (!wish.principal().equals(state.principal())) {
            return own.unknown(wish);
        }
        if (lifetime.isExpired(state)) {
            return lifetime.expire(state, () -> Strangers.answer(wish));
        }
        boolean resumed = wish.connection().isEmpty() || !wish.connection().equals(state.connection());
        return effects.persist(attached(wish)).thenRun((OpenSession open) -> welcome(open, wish, resumed));
    }

    private ClientAttached attached(Opening by) {
        return new ClientAttached(
                by.connection(), by.client(), by.revision(), parts.clock().instant(), by.capabilities());
    }

    private void welcome(OpenSession open, Opening by, boolean resumed) {
        lifetime.touch();
        boolean fresh = !by.connection().isEmpty() && outbox.attach(open, by.connection(), by.replyTo());
        by.replyTo().tell(new ToClient.Attached(resumed, open.revision(), open.subscriptions()));
        parts.cap().tell(new SessionCap.Used(open.principal(), id));
        if (fresh) {
            inputs.askAgain(open, null);
            outbox.pump(open);
        }
    }

    Effect<SessionEvent, SessionState> detach(OpenSession state, String connection) {
        outbox.detach(connection);
        return state.attached() && connection.equals(state.connection())
                ? effects.persist(new ClientDetached(
                        connection, outbox.acknowledged(), parts.clock().instant()))
                : effects.none();
    }

    Effect<SessionEvent, SessionState> touch(OpenSession state, Touch touch) {
        return isHere(state, touch.connection(), touch.replyTo()) ? lifetime.keepAlive(state) : effects.none();
    }

    /** Whether the sender is the attached connection; finds the way back to it after a rest out of memory. */
    boolean isHere(OpenSession state, String connection, ActorRef<ToClient> client) {
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

    Effect<SessionEvent, SessionState> check(OpenSession state, Check check) {
        if (!check.principal().equals(state.principal()) || lifetime.isExpired(state)) {
            return own.unknown(check);
        }
        lifetime.touch();
        check.replyTo().tell(new Known(true, state.revision(), state.subscriptions()));
        return lifetime.keepAlive(state);
    }
}
