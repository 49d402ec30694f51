package io.exai.server.flight;

import io.exai.cluster.ClusterMessage;
import io.exai.server.tool.RunReport;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a tower can be told: by passengers, by its shard, and by its own runs, timers and watches. */
public sealed interface TowerCommand extends ClusterMessage {
    /**
     * Takes a passenger aboard the flight of that key, until it says that it is gone.
     *
     * @param attempt of the passenger, counted from one: each before was lost, and its session knows it
     * @param again whether it has joined in this attempt before; then nothing is started for it, and it is told Lost when
     *     it is not aboard
     */
    record Join(String key, Ticket ticket, ActorRef<PassengerCommand> passenger, int attempt, boolean again)
            implements TowerCommand {}

    /** A passenger wants no answer any more. */
    record PassengerGone(String key, ActorRef<PassengerCommand> passenger) implements TowerCommand {}

    /** A node is gone, and all passengers there. */
    record NodeGone(Address node) implements TowerCommand {}

    /** Leaves memory; from the shard, when it moves. */
    record Stop() implements TowerCommand {}

    /** The keys of this tower under which the database holds answers; null when nobody can say. */
    record Loaded(@Nullable Set<String> keys) implements TowerCommand {}

    /** What the database holds; null when that is nothing, or could not be read. */
    record Searched(int turn, @Nullable Kept kept) implements TowerCommand {}

    /** A run tells how it goes. */
    record Reported(RunReport report) implements TowerCommand {}

    /** A run is gone. */
    record RunStopped(int turn) implements TowerCommand {}

    /** The shard moves, and this was the time to end in. */
    record LeaveDue() implements TowerCommand {}
}
