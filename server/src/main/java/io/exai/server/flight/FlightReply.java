package io.exai.server.flight;

import io.exai.protocol.error.ErrorCode;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * What a tower tells a passenger: Boarded when it joins a flight that is under way, Began once if the passenger wants to
 * know, any number of Said, then exactly one of the others.
 */
sealed interface FlightReply extends PassengerCommand {
    /**
     * The passenger is aboard.
     *
     * @param callKey what the provider is asked under
     * @param attempt of the passenger that brought it aboard
     */
    record Boarded(String callKey, ActorRef<TowerCommand> tower, int attempt) implements FlightReply {}

    /** The work has begun. */
    record Began() implements FlightReply {}

    /** More of the answer's text; only for those who wanted to see it. */
    record Said(String text) implements FlightReply {}

    /**
     * The answer as JSON text.
     *
     * @param shared whose it was; null for the passenger that the run was made for
     * @param until how long it may be used for other calls
     */
    record Landed(String answer, @Nullable Shared shared, Instant until) implements FlightReply {}

    /** No answer; not {@code started} when no permit was to be had. */
    record Crashed(boolean started, ErrorCode code, String message, boolean retryable, long retryAfterMillis)
            implements FlightReply {}

    /** The flight does not run the call: the passenger has to go on its own. */
    record Unable() implements FlightReply {}

    /** What the passenger joined in that attempt is over or gone, perhaps after it began to run the call. */
    record Lost(int attempt) implements FlightReply {}
}
