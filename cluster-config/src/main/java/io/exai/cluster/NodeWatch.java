package io.exai.cluster;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Tells who asked when an actor is lost with its node. That costs no message between nodes, where watching the actor
 * itself costs some twenty; so the actor has to say by itself when it ends, and what it said may be lost.
 */
public interface NodeWatch {
    /** The one of this node, which is a member of a cluster or about to be. */
    static NodeWatch start(ActorSystem<?> system) {
        return NodeWatcher.start(system);
    }

    /**
     * Tells {@code watcher} once when the node of {@code subject} has been removed from the cluster, which may be at once;
     * never when both are on one node. Ends with the watcher.
     */
    <T> void watch(ActorRef<?> subject, ActorRef<T> watcher, T message);
}
