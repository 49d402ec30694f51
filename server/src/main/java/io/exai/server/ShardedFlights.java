package io.exai.server;

import io.exai.server.flight.Flight;
import io.exai.server.flight.FlightCommand;
import io.exai.server.flight.Flights;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/** Flights as the cluster shards them. */
record ShardedFlights(ActorSystem<?> system, ClusterSharding sharding) implements Flights {
    @Override
    public void tell(String key, FlightCommand command) {
        if (!LastNode.isLeaving(system)) {
            sharding.entityRefFor(Flight.KEY, key).tell(command);
        }
    }
}
