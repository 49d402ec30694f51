package io.exai.server;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.ClusterSharding;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.ShardRegion.ShardRegionStats;

/** Asks a region of this node every few seconds which shards it has. */
final class ShardWatch extends AbstractBehavior<ShardWatch.Command> {
    /** What it hears. */
    sealed interface Command {}

    private record Look() implements Command {}

    private record Seen(ShardRegionStats shards) implements Command {}

    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final ActorRef region;
    private final ActorRef replies;
    private final Consumer<Set<String>> seen;

    private ShardWatch(ActorContext<Command> context, String typeName, Consumer<Set<String>> seen) {
        super(context);
        this.region =
                ClusterSharding.get(Adapter.toClassic(context.getSystem())).shardRegion(typeName);
        this.replies = Adapter.toClassic(context.messageAdapter(ShardRegionStats.class, Seen::new));
        this.seen = seen;
    }

    /** {@code seen} is told the ids of the shards, on the thread of the actor. */
    static Behavior<Command> create(String typeName, Consumer<Set<String>> seen) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Look(), INTERVAL);
            return new ShardWatch(context, typeName, seen);
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Look.class, look -> look())
                .onMessage(Seen.class, this::seen)
                .build();
    }

    private Behavior<Command> look() {
        region.tell(ShardRegion.getRegionStatsInstance(), replies);
        return this;
    }

    private Behavior<Command> seen(Seen answer) {
        seen.accept(answer.shards().getStats().keySet());
        return this;
    }
}
