package io.exai.server.tool;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** Lets equal calls share one run. */
@FunctionalInterface
public interface Sharing {
    /** The behavior of an actor that stands for the call; empty when it has to run for itself. */
    Optional<Behavior<?>> passenger(Job job, ActorRef<RunReport> session);

    /** Every call runs for itself. */
    static Sharing none() {
        return (job, session) -> Optional.empty();
    }
}
