package io.exai.server;

import io.exai.server.edge.Connections;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * When another node is gone, has every connection of this one tell its session again what that may not have got: the
 * session starts on a node that lives, and goes on.
 */
final class Aftermath extends AbstractBehavior<Aftermath.Command> {
    /** What it hears. */
    sealed interface Command {}

    private record Removed(ClusterEvent.MemberRemoved event) implements Command {}

    private record Tell() implements Command {}

    /** Not all nodes, nor all parts of one, hear of a death at the same moment: what is told too early is lost too. */
    private static final List<Duration> MOMENTS = List.of(
            Duration.ofMillis(10),
            Duration.ofMillis(550),
            Duration.ofMillis(750),
            Duration.ofMillis(1000),
            Duration.ofMillis(1500),
            Duration.ofMillis(2500),
            Duration.ofSeconds(4));

    /** How often it is told again though nobody died: a message can be lost all the same, with a write that failed. */
    private static final Duration ANYWAY = Duration.ofSeconds(10);

    private final Connections connections;
    private final TimerScheduler<Command> timers;

    private Aftermath(ActorContext<Command> context, TimerScheduler<Command> timers, Connections connections) {
        super(context);
        this.connections = connections;
        this.timers = timers;
    }

    static Behavior<Command> create(Connections connections) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            Cluster.get(context.getSystem())
                    .subscriptions()
                    .tell(Subscribe.create(
                            context.messageAdapter(ClusterEvent.MemberRemoved.class, Removed::new),
                            ClusterEvent.MemberRemoved.class));
            timers.startTimerWithFixedDelay("anyway", new Tell(), ANYWAY);
            return new Aftermath(context, timers, connections);
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Removed.class, removed -> removed(removed.event()))
                .onMessage(Tell.class, tell -> tell())
                .build();
    }

    /** Who left in good order has handed over what it had. */
    private Behavior<Command> removed(ClusterEvent.MemberRemoved event) {
        if (event.previousStatus().equals(MemberStatus.down())) {
            MOMENTS.forEach(moment -> timers.startSingleTimer(moment, new Tell(), moment));
        }
        return this;
    }

    private Behavior<Command> tell() {
        connections.nodeLost();
        return this;
    }
}
