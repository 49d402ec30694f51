package io.exai.server.session;

import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionState;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;

/** What all that deals with the calls of one session has in common. */
record CallParts(
        SessionParts parts,
        ActorContext<SessionCommand> context,
        EffectFactories<SessionEvent, SessionState> effects,
        Outbox outbox,
        Contents contents,
        Rounds rounds,
        Tasks tasks,
        Work work,
        CallLog log) {
    static CallParts of(
            String session,
            SessionParts parts,
            ActorContext<SessionCommand> context,
            TimerScheduler<SessionCommand> timers,
            EffectFactories<SessionEvent, SessionState> effects,
            Outbox outbox) {
        Rounds rounds = new Rounds();
        Contents contents = parts.contents();
        return new CallParts(
                parts,
                context,
                effects,
                outbox,
                contents,
                rounds,
                new Tasks(parts, context, rounds, contents),
                new Work(session, parts, context, timers),
                new CallLog(context.getLog(), session));
    }

    /** What an unknown, foreign or ended session says: the same to everybody. */
    Effect<SessionEvent, SessionState> unknown(SessionCommand command) {
        Strangers.answer(command);
        return effects.none();
    }
}
