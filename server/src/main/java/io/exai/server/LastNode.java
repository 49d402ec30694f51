package io.exai.server;

import java.util.stream.StreamSupport;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;

/** Tells when nobody is left to hold what is sharded: a message to it would keep the shutdown waiting. */
final class LastNode {
    private LastNode() {}

    static boolean isLeaving(ActorSystem<?> system) {
        Cluster cluster = Cluster.get(system);
        return CoordinatedShutdown.get(system).getShutdownReason().isPresent()
                && StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                        .allMatch(cluster.selfMember()::equals);
    }
}
