package io.exai.provider.quota;

import io.exai.cluster.ClusterMessage;
import io.exai.provider.setting.LeaseSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Leases the permits of one quota to the nodes of the cluster; sharded by the quota's name, and remembers nothing. */
final class QuotaLedger extends AbstractBehavior<QuotaLedger.Command> {
    /** What a ledger is told. */
    sealed interface Command extends ClusterMessage {}

    /** One node's holding; answered with its newest lease, and again whenever that changes. */
    record Report(Holding holding, ActorRef<Lease> replyTo) implements Command {}

    record Tick() implements Command {}

    static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "quota");

    private static final Duration TICK = Duration.ofMillis(100);

    private final Accounts accounts;
    private final Supplier<Members> members;
    private final Map<String, ActorRef<Lease>> nodes = new HashMap<>();

    private QuotaLedger(ActorContext<Command> context, LeaseSettings settings, Supplier<Members> members) {
        super(context);
        this.members = members;
        this.accounts = new Accounts(settings, () -> UUID.randomUUID().toString(), System.nanoTime());
    }

    static Behavior<Command> create(LeaseSettings settings, Supplier<Members> members) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Tick(), TICK);
            return new QuotaLedger(context, settings, members);
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Report.class, this::report)
                .onMessage(Tick.class, tick -> pass())
                .build();
    }

    private Behavior<Command> report(Report report) {
        nodes.put(report.holding().node(), report.replyTo());
        send(accounts.hear(report.holding(), members.get(), System.nanoTime()));
        return this;
    }

    private Behavior<Command> pass() {
        Members now = members.get();
        nodes.keySet().removeIf(node -> !now.isKnown(node));
        send(accounts.pass(now, System.nanoTime()));
        return this;
    }

    private void send(Map<String, Lease> leases) {
        leases.forEach((node, lease) -> {
            ActorRef<Lease> share = nodes.get(node);
            if (share != null) {
                share.tell(lease);
            }
        });
    }
}
