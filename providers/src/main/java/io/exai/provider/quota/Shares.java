package io.exai.provider.quota;

import io.exai.provider.setting.LeaseSettings;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/** Where the actors that guard a quota on a node get their permits from. */
@FunctionalInterface
public interface Shares {
    /**
     * Opens this node's share of a quota.
     *
     * @param limit of all nodes together
     * @param owner passes every {@link Share.Signal} that it hears on to the share
     */
    Share open(String quota, int limit, ActorRef<Share.Signal> owner);

    /** All permits, for a node that is alone: no message is sent for them. */
    static Shares whole() {
        return (quota, limit, owner) -> new WholeShare(limit);
    }

    /**
     * Permits leased from the cluster's ledgers; once per actor system.
     *
     * @throws IllegalArgumentException when the cluster would give a node's permits away before that node stops using them
     */
    static Shares leased(ActorSystem<?> system, LeaseSettings settings) {
        return LeasedShares.start(system, settings);
    }
}
