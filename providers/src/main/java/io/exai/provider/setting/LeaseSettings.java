package io.exai.provider.setting;

import java.time.Duration;
import java.util.List;

/**
 * How the permits of a cluster are leased to its nodes. Decision 0010 has the sum that these times are part of.
 *
 * @param reportInterval how often a node tells the ledger what it holds when nothing changes
 * @param validity how long after its last confirmed report a node takes new permits
 * @param minorityPatience how long a node that sees no majority of the members lets its calls run on
 * @param reclaimAfter how long after its removal a member's permits go to others
 * @param giveUp how long a node's calls run on without any confirmed report
 * @param expiry how long a silent member's permits are kept for it
 */
public record LeaseSettings(
        Duration reportInterval,
        Duration validity,
        Duration minorityPatience,
        Duration reclaimAfter,
        Duration giveUp,
        Duration expiry) {
    /** Range violations, each {@code path.key: value (expected: what)}. */
    public List<String> problems(String path) {
        var problems = new Problems(path);
        problems.duration("report-interval", reportInterval, Duration.ofMillis(50), Duration.ofSeconds(10));
        problems.duration("validity", validity, reportInterval.multipliedBy(2), Duration.ofMinutes(1));
        problems.duration("minority-patience", minorityPatience, Duration.ZERO, Duration.ofMinutes(1));
        problems.duration("reclaim-after", reclaimAfter, Duration.ZERO, Duration.ofMinutes(1));
        problems.duration("give-up", giveUp, validity, Duration.ofMinutes(10));
        problems.duration("expiry", expiry, giveUp.plus(reportInterval.multipliedBy(2)), Duration.ofMinutes(20));
        return problems.list();
    }
}
