package io.exai.server.flight;

import java.time.Instant;

/**
 * What a tower has to do next for a flight.
 *
 * @param <P> who travels
 */
sealed interface Order<P> {
    /** Tell a passenger. */
    record Tell<P>(P passenger, FlightReply reply) implements Order<P> {}

    /** Look for a kept answer; ends with {@link FlightState#found} or {@link FlightState#missed}. */
    record Search<P>() implements Order<P> {}

    /** Start the run. */
    record Depart<P>(Ticket ticket) implements Order<P> {}

    /** Stop the run: nobody waits for it any more. */
    record Abort<P>() implements Order<P> {}

    /** Keep the answer for others until then. */
    record Keep<P>(String answer, Instant until) implements Order<P> {}

    /** The flight is over: forget it. */
    record Close<P>() implements Order<P> {}
}
