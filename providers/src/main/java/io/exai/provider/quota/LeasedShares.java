package io.exai.provider.quota;

import io.exai.provider.setting.LeaseSettings;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/** Shares of this node, whose ledgers are sharded over the cluster. */
final class LeasedShares implements Shares {
    private final ActorSystem<?> system;
    private final LeaseSettings settings;
    private final Supplier<Members> members;
    private final ActorRef<ShardingEnvelope<QuotaLedger.Command>> ledgers;

    private LeasedShares(
            ActorSystem<?> system,
            LeaseSettings settings,
            Supplier<Members> members,
            ActorRef<ShardingEnvelope<QuotaLedger.Command>> ledgers) {
        this.system = system;
        this.settings = settings;
        this.members = members;
        this.ledgers = ledgers;
    }

    static LeasedShares start(ActorSystem<?> system, LeaseSettings settings) {
        List<String> problems =
                FenceTimes.of(system.settings().config(), settings).problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        Supplier<Members> members = new ClusterMembers(system);
        ActorRef<ShardingEnvelope<QuotaLedger.Command>> ledgers = ClusterSharding.get(system)
                .init(Entity.of(QuotaLedger.KEY, entity -> QuotaLedger.create(settings, members)));
        return new LeasedShares(system, settings, members, ledgers);
    }

    @Override
    public Share open(String quota, int limit, ActorRef<Share.Signal> owner) {
        ActorRef<Lease> replyTo = owner.narrow();
        Consumer<Holding> ledger = holding -> {
            if (!isLastToLeave()) {
                ledgers.tell(new ShardingEnvelope<>(quota, new QuotaLedger.Report(holding, replyTo)));
            }
        };
        return new LeasedShare(limit, new LeasedShare.Parts(settings, System::nanoTime, members, ledger));
    }

    /** A report to a ledger that no node is there to hold would keep the shutdown waiting. */
    private boolean isLastToLeave() {
        return CoordinatedShutdown.get(system).getShutdownReason().isPresent()
                && members.get().all().size() <= 1;
    }
}
