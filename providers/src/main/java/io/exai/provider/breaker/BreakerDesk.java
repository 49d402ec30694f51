package io.exai.provider.breaker;

import io.exai.cluster.ClusterMessage;
import io.exai.provider.setting.BreakerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * One provider's breaker for the whole cluster; sharded by the provider's name. Remembers nothing: when it begins anew,
 * the nodes tell it what they know. Every account is answered, and changes are told to all nodes at once.
 */
final class BreakerDesk extends AbstractBehavior<BreakerDesk.Command> {
    /** What the desk is told. */
    sealed interface Command extends ClusterMessage {}

    /** How the calls of one node ended since its account before, and what it knows. */
    record Tell(String node, Account account, ActorRef<Verdict> replyTo) implements Command {}

    record Tick() implements Command {}

    /**
     * A node's account.
     *
     * @param openMillis how much longer it believes the breaker to be open
     */
    record Account(Tally tally, Probe probe, long openMillis) {}

    /** What a node says of the probe. */
    enum Probe {
        /** It has none. */
        NONE,
        WANTED,
        RUNNING,
        HEALTHY,
        FAILED,
        ABANDONED
    }

    static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "breaker");

    private static final Duration TICK = Duration.ofMillis(100);

    /** A node that says nothing for that long is not there, nor is its probe. */
    private static final long SILENCE = Duration.ofSeconds(5).toNanos();

    private final Circuit circuit;
    private final Map<String, Node> nodes = new HashMap<>();
    private Phase told = Phase.CLOSED;

    private record Node(ActorRef<Verdict> breaker, long heardAt) {}

    private BreakerDesk(ActorContext<Command> context, BreakerSettings settings) {
        super(context);
        this.circuit = new Circuit(settings, System.nanoTime());
    }

    static Behavior<Command> create(BreakerSettings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Tick(), TICK);
            return new BreakerDesk(context, settings);
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Tell.class, this::hear)
                .onMessage(Tick.class, tick -> pass())
                .build();
    }

    private Behavior<Command> hear(Tell tell) {
        long now = System.nanoTime();
        boolean known = nodes.put(tell.node(), new Node(tell.replyTo(), now)) != null;
        if (!known && tell.account().openMillis() > 0) {
            circuit.adopt(Duration.ofMillis(tell.account().openMillis()), now);
        }
        circuit.add(tell.account().tally(), now);
        boolean probe = hear(tell.node(), tell.account().probe(), now);
        boolean asked = tell.account().probe() == Probe.WANTED;
        tell.replyTo().tell(verdict(probe, asked, now));
        if (circuit.phase(now) != told) {
            announce(tell.node(), now);
        }
        return this;
    }

    /** True when the node may let one call through. */
    private boolean hear(String node, Probe probe, long now) {
        boolean its = node.equals(circuit.prober());
        switch (probe) {
            case WANTED -> {
                return circuit.grantProbe(node, now);
            }
            case HEALTHY, FAILED -> {
                if (its) {
                    circuit.decide(probe == Probe.HEALTHY, now);
                }
            }
            case ABANDONED -> {
                if (its) {
                    circuit.forgetProbe();
                }
            }
            case NONE, RUNNING -> {}
        }
        return false;
    }

    private Behavior<Command> pass() {
        long now = System.nanoTime();
        nodes.values().removeIf(node -> now - node.heardAt() > SILENCE);
        String prober = circuit.prober();
        if (prober != null && !nodes.containsKey(prober)) {
            circuit.forgetProbe();
        }
        if (circuit.phase(now) != told) {
            announce("", now);
        }
        return this;
    }

    private void announce(String knowing, long now) {
        told = circuit.phase(now);
        nodes.forEach((name, node) -> {
            if (!name.equals(knowing)) {
                node.breaker().tell(verdict(false, false, now));
            }
        });
    }

    private Verdict verdict(boolean probe, boolean asked, long now) {
        return new Verdict(circuit.phase(now), circuit.remaining(now).toMillis(), probe, asked);
    }
}
