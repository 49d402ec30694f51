package io.exai.server;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * Notices that this node does not reach most of its cluster. Nearly all sessions are elsewhere then, and this node is
 * about to be left behind: its clients are better off with another one, at once.
 */
final class Isolation extends AbstractBehavior<Isolation.Look> {
    /** Looks how it stands. */
    record Look() {}

    /**
     * What a node sees of its cluster.
     *
     * @param members that serve, with this one
     * @param reachable how many of them answer
     */
    record Sight(int members, int reachable) {
        /** Of two nodes either may be the one that goes on: neither sends its clients away. */
        boolean isAlone() {
            return members > 2 && reachable * 2 <= members;
        }
    }

    private static final Duration INTERVAL = Duration.ofMillis(250);

    /** Looks in a row: a pause of our own looks the same from here, and is over at the next heartbeat. */
    private static final int CERTAIN = 3;

    private final Supplier<Sight> sight;
    private final Consumer<Boolean> alone;
    private int seenAlone;

    private Isolation(ActorContext<Look> context, Supplier<Sight> sight, Consumer<Boolean> alone) {
        super(context);
        this.sight = sight;
        this.alone = alone;
    }

    /** {@code alone} is told of each change, on the thread of the actor. */
    static Behavior<Look> create(Consumer<Boolean> alone) {
        return Behaviors.setup(context -> {
            Cluster cluster = Cluster.get(context.getSystem());
            return create(() -> sight(cluster), alone);
        });
    }

    static Behavior<Look> create(Supplier<Sight> sight, Consumer<Boolean> alone) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Look(), INTERVAL);
            return new Isolation(context, sight, alone);
        }));
    }

    @Override
    public Receive<Look> createReceive() {
        return newReceiveBuilder().onMessage(Look.class, look -> look()).build();
    }

    private Behavior<Look> look() {
        boolean isAlone = sight.get().isAlone();
        if (isAlone && seenAlone < CERTAIN) {
            seenAlone++;
            if (seenAlone == CERTAIN) {
                getContext().getLog().warn("most of the cluster is out of reach: clients are sent elsewhere");
                alone.accept(true);
            }
        } else if (!isAlone) {
            if (seenAlone == CERTAIN) {
                getContext().getLog().info("most of the cluster can be reached again");
                alone.accept(false);
            }
            seenAlone = 0;
        }
        return this;
    }

    private static Sight sight(Cluster cluster) {
        ClusterEvent.CurrentClusterState state = cluster.state();
        int members = 0;
        int reachable = 0;
        for (Member member : state.getMembers()) {
            if (member.status().equals(MemberStatus.up()) || member.status().equals(MemberStatus.leaving())) {
                members++;
                reachable += state.getUnreachable().contains(member) ? 0 : 1;
            }
        }
        return new Sight(members, reachable);
    }
}
