package io.exai.server.flight;

import java.time.Instant;

/**
 * What a flight has to do next.
 *
 * @param <P> who travels
 */
sealed interface Order<P> {
    /** Tell a passenger. */
    record Tell<P>(P passenger, FlightReply reply) implements Order<P> {}

    /** Look for a kept answer; ends with {@link FlightState#found} or {@link FlightState#missed} of that turn. */
    record Search<P>(int turn) implements Order<P> {}

    /** Start the run of that turn. */
    record Depart<P>(int turn, Ticket ticket) implements Order<P> {}

    /** Stop the run: nobody waits for it any more. */
    record Abort<P>() implements Order<P> {}

    /** Keep the answer for others until then. */
    record Keep<P>(String answer, Instant until) implements Order<P> {}

    /** Nothing is left to do: leave memory. */
    record Close<P>() implements Order<P> {}
}
