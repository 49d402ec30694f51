package io.exai.server.session;

import io.exai.persistence.session.CallOutcome;
import io.exai.persistence.session.Failure;
import io.exai.persistence.session.FinishedCall;
import io.exai.persistence.session.OpenSession;
import io.exai.persistence.session.Payload;
import io.exai.persistence.session.RunningCall;
import io.exai.persistence.session.SessionEvent;
import io.exai.persistence.session.SessionEvent.AnswersAcknowledged;
import io.exai.persistence.session.SessionState;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.WireJson;
import io.exai.server.session.SessionCommand.Acknowledge;
import io.exai.server.session.SessionSignal.AcknowledgementsDue;
import io.exai.server.session.SessionSignal.AnswerRead;
import io.exai.server.session.SessionSignal.ConnectionLost;
import io.exai.server.session.SessionSignal.StreamAnswerRead;
import io.exai.server.tool.ToolAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    private static final Failure UNREADABLE = new Failure(
            ErrorCode.SERVICE_UNAVAILABLE.name(), "the answer is stored but could not be read back", true, 1_000);

    /** How long after its return a client may still ask for what it is just being sent. */
    private static final Duration CROSSING = Duration.ofSeconds(10);

    private final ActorContext<SessionCommand> context;
    private final TimerScheduler<SessionCommand> timers;
    private final EffectFactories<SessionEvent, SessionState> effects;
    private final Contents payloads;
    private final Clock clock;
    private final ClientLink link = new ClientLink();
    private final Streams streams;
    private long acknowledged;
    private long reading;
    private final List<String> streamReads = new ArrayList<>();

    Outbox(
            ActorContext<SessionCommand> context,
            TimerScheduler<SessionCommand> timers,
            EffectFactories<SessionEvent, SessionState> effects,
            Contents payloads,
            Clock clock) {
        this.context = context;
        this.timers = timers;
        this.effects = effects;
        this.payloads = payloads;
        this.clock = clock;
        this.streams = new Streams(context);
    }

    Streams streams() {
        return streams;
    }

    void recovered(OpenSession open) {
        acknowledged = open.acknowledged();
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
        link.expectCrossing(clock.instant().plus(CROSSING));
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
        streamOf(call.stream()).ifPresentOrElse(stream -> stream.tell(message), () -> link.tell(message));
    }

    private Optional<ActorRef<ToClient>> streamOf(@Nullable String stream) {
        return stream == null ? Optional.empty() : streams.find(stream);
    }

    /** Delivers what has just ended: on its stream if that is held open, else in order. */
    void deliver(OpenSession open, String requestId) {
        Optional<FinishedCall> done = open.finishedCall(requestId);
        String stream = done.map(FinishedCall::stream).orElse(null);
        if (stream != null && streams.find(stream).isPresent()) {
            done.filter(call -> call.task() == null).ifPresent(call -> sendOn(stream, call, false));
        }
        pump(open);
        if (stream != null) {
            endIfOver(open, stream);
        }
    }

    /** Sends the answers of a stream that the client came back to, after that sequence. */
    void resume(OpenSession open, String stream, long after) {
        open.finished().stream()
                .filter(call -> stream.equals(call.stream()) && call.task() == null && call.sequence() > after)
                .forEach(call -> sendOn(stream, call, true));
        endIfOver(open, stream);
    }

    private void sendOn(String stream, FinishedCall call, boolean redelivered) {
        if (call.outcome() == CallOutcome.CANCELLED) {
            return;
        }
        if (call.answer() == null || call.answer().inline() != null) {
            ToClient.Answered answer = answer(call, body(call), redelivered);
            streams.find(stream).ifPresent(client -> client.tell(answer));
            return;
        }
        streamReads.add(stream);
        context.pipeToSelf(
                payloads.read(call.answer()),
                (text, failure) -> new StreamAnswerRead(
                        stream, answer(call, failure == null ? text : error(UNREADABLE), redelivered)));
    }

    Effect<SessionEvent, SessionState> streamAnswerRead(OpenSession state, StreamAnswerRead read) {
        streamReads.remove(read.stream());
        streams.find(read.stream()).ifPresent(client -> client.tell(read.answer()));
        endIfOver(state, read.stream());
        return effects.none();
    }

    /** Ends a stream on which nothing more can come. */
    void endIfOver(OpenSession open, String stream) {
        boolean running =
                open.running().values().stream().anyMatch(call -> stream.equals(call.stream()) && call.task() == null);
        if (!running && !streamReads.contains(stream)) {
            streams.end(stream, new ToClient.StreamEnded());
        }
    }

    /** The client has introduced itself anew: whatever it asks from here on, it waits for. */
    void introduced() {
        link.expectCrossing(Instant.EPOCH);
    }

    /** Not yet sent, or sent just now to a client that came back and asked again before it read that far. */
    boolean isOnItsWay(FinishedCall done) {
        return done.sequence() > link.sent() || link.mayHaveCrossed(done.sequence(), clock.instant());
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
            if (call.task() != null || streamOf(call.stream()).isPresent()) {
                link.passed(call.sequence());
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

    /** Says something to the attached connection, if there is one. */
    void tellMain(ToClient message) {
        link.tell(message);
    }

    /** Whether the call has a stream that is held open. */
    boolean hasStream(RunningCall call) {
        return streamOf(call.stream()).isPresent();
    }

    /** Whether somebody listens to what that call has to say. */
    boolean reaches(RunningCall call) {
        return isAttached() || streamOf(call.stream()).isPresent();
    }

    /** Sends an answer because its request came once more, on the connection or on a stream. */
    void sendAgain(FinishedCall call, @Nullable String stream, ActorRef<ToClient> client) {
        if (stream != null) {
            streams.open(stream, client);
            sendOn(stream, call, true);
            return;
        }
        if (call.answer() != null && call.answer().inline() == null) {
            read(call, true);
        } else {
            link.tell(answer(call, body(call), true));
        }
    }

    private void read(FinishedCall call, boolean redelivered) {
        Payload answer = Objects.requireNonNull(call.answer());
        String connection = link.connection();
        context.pipeToSelf(
                payloads.read(answer),
                (text, failure) -> new AnswerRead(
                        connection, answer(call, failure == null ? text : error(UNREADABLE), redelivered)));
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

    private static String body(FinishedCall call) {
        if (call.answer() != null && call.answer().inline() != null) {
            return call.answer().inline();
        }
        return error(
                call.failure() != null
                        ? call.failure()
                        : new Failure(ErrorCode.CANCELLED.name(), "the client withdrew the call", false, 0));
    }

    /** A failure as the answer that clients see. */
    static String error(Failure failure) {
        return WireJson.write(ToolAnswer.error(
                ErrorCode.valueOf(failure.code()), failure.message(), failure.retryable(), failure.retryAfterMillis()));
    }

    private static ToClient.Answered answer(FinishedCall call, String body, boolean redelivered) {
        boolean rejected = call.outcome() == CallOutcome.REJECTED;
        return new ToClient.Answered(
                call.requestId(), call.revision(), call.sequence(), body, rejected, call.attempt(), redelivered);
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
