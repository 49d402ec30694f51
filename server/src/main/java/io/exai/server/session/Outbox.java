package io.exai.server.session;

import io.exai.persistence.session.CallOutcome;
import io.exai.persistence.session.FinishedCall;
import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.RunningCall;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.AnswersAcknowledged;
import io.exai.persistence.session.SessionState;
import io.exai.server.session.SessionCommand.Acknowledge;
import io.exai.server.session.SessionSignal.AcknowledgementsDue;
import io.exai.server.session.SessionSignal.AnswerRead;
import io.exai.server.session.SessionSignal.ConnectionLost;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;
import org.jspecify.annotations.Nullable;

/** How the answers of a session reach its client: in order, on whatever connection is attached, until acknowledged. */
final class Outbox {
    /** How long acknowledgements wait for an event to ride on before they are written by themselves. */
    private static final Duration ACKNOWLEDGEMENT_DELAY = Duration.ofMillis(50);

    private final ActorContext<SessionCommand> context;
    private final TimerScheduler<SessionCommand> timers;
    private final EffectFactories<SessionEvent, SessionState> effects;
    private final Contents contents;
    private final Clock clock;
    private final ClientLink link = new ClientLink();
    private final Streams streams;
    private long acknowledged;
    private long reading;

    Outbox(
            ActorContext<SessionCommand> context,
            TimerScheduler<SessionCommand> timers,
            EffectFactories<SessionEvent, SessionState> effects,
            Contents contents,
            Clock clock) {
        this.context = context;
        this.timers = timers;
        this.effects = effects;
        this.contents = contents;
        this.clock = clock;
        this.streams = new Streams(context, contents);
    }

    Streams streams() {
        return streams;
    }

    /** Whoever was here before a write failed still is; what they said meanwhile may be lost. */
    void recovered(OpenSession open) {
        acknowledged = open.acknowledged();
        reading = 0;
        link.tell(new ToClient.Woken());
        streams.recovered();
    }

    /** The sequence up to which the client has everything; may be ahead of what is written. */
    long acknowledged() {
        return acknowledged;
    }

    boolean isAttached() {
        return link.client() != null;
    }

    /** Whether anything here would be lost out of memory. */
    boolean isBusy(OpenSession open) {
        return reading > 0
                || acknowledged > open.acknowledged()
                || !streams.isEmpty()
                || (isAttached() && !open.outbox().isEmpty());
    }

    /** Delivers to this connection from now on; false when it did so already. The one before is told. */
    boolean attach(OpenSession open, String connection, ActorRef<ToClient> client) {
        if (link.isTo(connection)) {
            return false;
        }
        link.tell(new ToClient.Superseded());
        release();
        link.open(connection, client, acknowledged, open.nextSequence());
        context.watchWith(client, new ConnectionLost(connection));
        return true;
    }

    /** Stops delivering to that connection, if it is the one. */
    void detach(String connection) {
        if (link.isTo(connection)) {
            release();
        }
    }

    void release() {
        ActorRef<ToClient> client = link.client();
        if (client != null) {
            context.unwatch(client);
        }
        link.close();
    }

    /** Says something that needs no place in the order: on the call's stream if it has one that is held open. */
    void tell(RunningCall call, ToClient message) {
        streams.find(call.stream()).ifPresentOrElse(stream -> stream.tell(message), () -> link.tell(message));
    }

    /** Delivers what has just ended: on its stream if that is held open, else in order. */
    void deliver(OpenSession open, String requestId) {
        Optional<FinishedCall> done = open.finishedCall(requestId);
        String stream = done.map(FinishedCall::stream).orElse(null);
        if (stream != null && streams.find(stream).isPresent()) {
            done.filter(call -> call.task() == null).ifPresent(call -> streams.send(stream, call, false));
        }
        pump(open);
        if (stream != null) {
            streams.endIfOver(open, stream);
        }
    }

    /** Whether it will be sent in its turn. */
    boolean isOnItsWay(FinishedCall done) {
        return done.sequence() > link.sent();
    }

    /** Sends what the attached connection has not been sent, in order; waits where an answer must be read first. */
    void pump(OpenSession open) {
        if (link.client() == null || reading > 0) {
            return;
        }
        for (FinishedCall call : open.finished()) {
            if (call.sequence() <= link.sent()) {
                continue;
            }
            if (call.task() != null || streams.find(call.stream()).isPresent()) {
                link.passed(call.sequence());
                continue;
            }
            if (Answers.isStored(call)) {
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
            link.tell(Answers.of(call, link.isRedelivery(call.sequence())));
        }
    }

    /** Says something to the attached connection, if there is one. */
    void tellMain(ToClient message) {
        link.tell(message);
    }

    /** Whether the call has a stream that is held open. */
    boolean hasStream(RunningCall call) {
        return streams.find(call.stream()).isPresent();
    }

    /** Whether somebody listens to what that call has to say. */
    boolean reaches(RunningCall call) {
        return isAttached() || streams.find(call.stream()).isPresent();
    }

    /** Sends an answer because its request came once more, on the connection or on a stream. */
    void sendAgain(FinishedCall call, @Nullable String stream, ActorRef<ToClient> client) {
        if (stream != null) {
            streams.open(stream, client);
            streams.send(stream, call, true);
        } else if (Answers.isStored(call)) {
            read(call, true);
        } else {
            link.tell(Answers.of(call, true));
        }
    }

    private void read(FinishedCall call, boolean redelivered) {
        String connection = link.connection();
        context.pipeToSelf(
                contents.read(Objects.requireNonNull(call.answer())),
                (text, failure) -> new AnswerRead(connection, Answers.read(call, text, redelivered)));
    }

    Effect<SessionEvent, SessionState> answerRead(OpenSession state, AnswerRead read) {
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
        return effects.none();
    }

    /** The client has what was sent up to there; written with the next event, or after a short while. */
    Effect<SessionEvent, SessionState> acknowledge(OpenSession state, Acknowledge upTo) {
        if (upTo.connection().equals(state.connection()) && upTo.upTo() < state.nextSequence()) {
            acknowledged = Math.max(acknowledged, upTo.upTo());
            if (acknowledged > state.acknowledged() && !timers.isTimerActive(ACKNOWLEDGEMENT_DELAY)) {
                timers.startSingleTimer(ACKNOWLEDGEMENT_DELAY, new AcknowledgementsDue(), ACKNOWLEDGEMENT_DELAY);
            }
        }
        return effects.none();
    }

    Effect<SessionEvent, SessionState> writeAcknowledged(OpenSession state) {
        return acknowledged > state.acknowledged()
                ? effects.persist(new AnswersAcknowledged(acknowledged, clock.instant()))
                : effects.none();
    }
}
