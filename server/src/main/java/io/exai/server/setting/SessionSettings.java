package io.exai.server.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How sessions live and end. */
public record SessionSettings(
        int maxInFlight,
        Duration idleTimeout,
        Duration passivateAfter,
        Duration sweepInterval,
        Duration historyRetention,
        int maxPerPrincipal,
        int snapshotEvery,
        int keepSnapshots,
        int maxAttempts,
        Duration inputPatience,
        Duration handOver) {
    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        Range.check(problems, path + ".max-in-flight", maxInFlight, 1, 1000);
        Range.check(problems, path + ".idle-timeout", idleTimeout, Duration.ofSeconds(1), Duration.ofDays(30));
        Range.check(problems, path + ".passivate-after", passivateAfter, Duration.ofMillis(100), Duration.ofDays(1));
        Range.check(problems, path + ".sweep-interval", sweepInterval, Duration.ofSeconds(1), Duration.ofDays(1));
        Range.check(problems, path + ".history-retention", historyRetention, Duration.ZERO, Duration.ofDays(3650));
        Range.check(problems, path + ".max-per-principal", maxPerPrincipal, 1, 1_000_000);
        Range.check(problems, path + ".snapshot-every", snapshotEvery, 10, 100_000);
        Range.check(problems, path + ".keep-snapshots", keepSnapshots, 1, 100);
        Range.check(problems, path + ".max-attempts", maxAttempts, 1, 10);
        Range.check(problems, path + ".input-patience", inputPatience, Duration.ofSeconds(1), Duration.ofDays(7));
        Range.check(problems, path + ".hand-over", handOver, Duration.ZERO, Duration.ofSeconds(8));
        return problems;
    }
}
