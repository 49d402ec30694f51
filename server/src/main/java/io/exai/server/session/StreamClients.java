package io.exai.server.session;

import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.SessionOpened;
import io.exai.persistence.session.SessionState;
import io.exai.persistence.session.SessionState.Ended;
import io.exai.persistence.session.SessionState.Fresh;
import io.exai.server.session.SessionCommand.CallOnStream;
import io.exai.server.session.SessionCommand.CancelOnStream;
import io.exai.server.session.SessionCommand.Resume;
import io.exai.server.session.SessionSignal.StreamAnswerRead;
import io.exai.server.session.SessionSignal.StreamLost;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;

/** Clients that hold no connection: each of their calls has a response stream, and the first may begin the session. */
final class StreamClients {
    private final ActorRef<SessionCommand> self;
    private final CallParts own;
    private final Streams streams;
    private final EffectFactories<SessionEvent, SessionState> effects;
    private final Calls calls;
    private final Inputs inputs;
    private final Lifetime lifetime;

    /** Requests of calls that come once more, from ourselves, because they open the session. */
    private final Set<String> opening = new HashSet<>();

    StreamClients(CallParts own, Calls calls, Inputs inputs, Lifetime lifetime) {
        this.self = own.context().getSelf();
        this.own = own;
        this.streams = own.outbox().streams();
        this.effects = own.effects();
        this.calls = calls;
        this.inputs = inputs;
        this.lifetime = lifetime;
    }

    /** A client without a handshake: its first call begins the session. */
    Effect<SessionEvent, SessionState> begin(Fresh state, CallOnStream call) {
        return call.opens() ? open(call) : lifetime.refuse(call);
    }

    /** A session that no client can name never ends for good. */
    Effect<SessionEvent, SessionState> beginAgain(Ended state, CallOnStream call) {
        return call.opens() && call.principal().equals(state.principal()) ? open(call) : own.unknown(call);
    }

    private Effect<SessionEvent, SessionState> open(CallOnStream call) {
        return effects.persist(
                        new SessionOpened(call.principal(), own.parts().clock().instant()))
                .thenRun(() -> {
                    opening.add(call.request().requestId());
                    self.tell(call);
                });
    }

    Effect<SessionEvent, SessionState> call(OpenSession state, CallOnStream call) {
        if (!call.principal().equals(state.principal())) {
            return own.unknown(call);
        }
        lifetime.touch();
        opening.remove(call.request().requestId());
        streams.open(call.stream(), call.replyTo());
        return calls.callTool(state, new Calls.Entry(call.request(), call.stream(), call.replyTo()));
    }

    /** A response whose client has left, unnoticed, does not get the stream back from where the client has resumed it. */
    Effect<SessionEvent, SessionState> retold(OpenSession state, CallOnStream call) {
        boolean resumed = streams.find(call.stream())
                .filter(client -> !client.equals(call.replyTo()))
                .isPresent();
        if (resumed && call.principal().equals(state.principal())) {
            call.replyTo().tell(new ToClient.StreamEnded());
            return effects.none();
        }
        return call(state, call);
    }

    Effect<SessionEvent, SessionState> cancel(OpenSession state, CancelOnStream cancel) {
        if (opening.contains(cancel.requestId())) {
            self.tell(cancel);
            return effects.none();
        }
        return cancel.principal().equals(state.principal())
                ? calls.cancel(state, cancel.requestId(), cancel.reason())
                : effects.none();
    }

    Effect<SessionEvent, SessionState> resume(OpenSession state, Resume resume) {
        if (!resume.principal().equals(state.principal())) {
            return own.unknown(resume);
        }
        lifetime.touch();
        if (streams.open(resume.stream(), resume.replyTo())) {
            inputs.askAgain(state, resume.stream());
        }
        streams.resume(state, resume.stream(), resume.after());
        return effects.none();
    }

    Effect<SessionEvent, SessionState> lost(StreamLost lost) {
        streams.lost(lost.client());
        return effects.none();
    }

    Effect<SessionEvent, SessionState> answerRead(OpenSession state, StreamAnswerRead read) {
        streams.answerRead(state, read);
        return effects.none();
    }
}
