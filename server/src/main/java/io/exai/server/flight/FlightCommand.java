package io.exai.server.flight;

import io.exai.cluster.ClusterMessage;
import io.exai.server.tool.RunReport;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a flight can be told: by passengers, by its shard, and by its own run, timers and watches. */
public sealed interface FlightCommand extends ClusterMessage {
    /** Takes a passenger aboard, until it says that it is gone; repeated as often as it likes. */
    record Join(Ticket ticket, ActorRef<PassengerCommand> passenger) implements FlightCommand {}

    /** The passenger knows its flight, and will say so when that is lost. */
    record Seated(ActorRef<PassengerCommand> passenger) implements FlightCommand {}

    /** Leaves memory; from the shard. */
    record Stop() implements FlightCommand {}

    /** A passenger is gone, or its node is. */
    record PassengerGone(ActorRef<PassengerCommand> passenger) implements FlightCommand {}

    /** What the database holds; null when that is nothing, or could not be read. */
    record Searched(int turn, @Nullable Kept kept) implements FlightCommand {}

    /** The run tells how it goes. */
    record Reported(RunReport report) implements FlightCommand {}

    /** Nobody says that it knows this flight. */
    record SeatsEmpty(int turn) implements FlightCommand {}

    /** The run is gone. */
    record RunStopped(int turn) implements FlightCommand {}

    /** The shard moves, and this was the time to end in. */
    record LeaveDue() implements FlightCommand {}
}
