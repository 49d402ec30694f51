package io.exai.provider.breaker;

import io.exai.provider.setting.BreakerSettings;
import java.util.UUID;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/** Where the provider actors of a node get their breakers from. */
@FunctionalInterface
public interface Breakers {
    /**
     * Opens this node's view of a provider's breaker.
     *
     * @param owner passes every {@link Breaker.Signal} that it hears on to the breaker
     */
    Breaker open(String provider, ActorRef<Breaker.Signal> owner);

    /** Of a node that is alone. */
    static Breakers own(BreakerSettings settings) {
        return (provider, owner) -> new OwnBreaker(settings, System::nanoTime);
    }

    /** That all nodes of the cluster have in common; once per actor system. */
    static Breakers shared(ActorSystem<?> system, BreakerSettings settings) {
        ActorRef<ShardingEnvelope<BreakerDesk.Command>> desks =
                ClusterSharding.get(system).init(Entity.of(BreakerDesk.KEY, entity -> BreakerDesk.create(settings)));
        return (provider, owner) -> {
            String node = UUID.randomUUID().toString(); // a restarted actor has no probe
            ActorRef<Verdict> replyTo = owner.narrow();
            return new SharedBreaker(System::nanoTime, account -> {
                if (CoordinatedShutdown.get(system).getShutdownReason().isEmpty()) {
                    desks.tell(new ShardingEnvelope<>(provider, new BreakerDesk.Tell(node, account, replyTo)));
                }
            });
        };
    }
}
