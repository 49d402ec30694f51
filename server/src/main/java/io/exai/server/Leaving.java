package io.exai.server;

import io.exai.server.edge.Connections;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;

/**
 * How a node goes: it says that it is not ready, gives a balancer time to notice, and then asks its clients to come back
 * elsewhere. What comes after that, moving the sessions and leaving the cluster, is Pekko's.
 */
final class Leaving {
    private final CoordinatedShutdown shutdown;
    private final CompletableFuture<Done> begun = new CompletableFuture<>();

    Leaving(CoordinatedShutdown shutdown) {
        this.shutdown = shutdown;
    }

    /** Completes when the node begins to go, for whatever reason. */
    CompletionStage<Done> begun() {
        return begun;
    }

    boolean hasBegun() {
        return begun.isDone();
    }

    /** {@code grace} passes between saying so and doing so; not when the cluster has gone on without this node. */
    void plan(Duration grace, Connections connections) {
        task(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "say-not-ready", () -> {
            begun.complete(Done.done());
            boolean unwanted = shutdown.getShutdownReason()
                    .filter(CoordinatedShutdown.clusterDowningReason()::equals)
                    .isPresent();
            return unwanted || grace.isZero()
                    ? CompletableFuture.completedFuture(Done.done())
                    : new CompletableFuture<Done>()
                            .completeOnTimeout(Done.done(), grace.toMillis(), TimeUnit.MILLISECONDS);
        });
        task(CoordinatedShutdown.PhaseServiceRequestsDone(), "say-good-bye", connections::drain);
    }

    void task(String phase, String name, Supplier<CompletionStage<Done>> work) {
        shutdown.addTask(phase, name, work);
    }
}
