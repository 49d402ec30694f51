package io.exai.server.setting;

import io.exai.provider.setting.LeaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How many calls run at once, and how the others wait.
 *
 * @param maxInFlight calls at once, of all nodes of a cluster together
 * @param maxWaiting calls of one priority that may wait on this node for one of those to end
 * @param maxWait longest wait of one call
 * @param first principals whose calls go before those of others
 * @param lease how permits get from node to node
 */
public record QuotaSettings(
        int maxInFlight, int maxWaiting, Duration maxWait, List<String> first, LeaseSettings lease) {
    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        Range.check(problems, path + ".max-in-flight", maxInFlight, 1, 10_000);
        Range.check(problems, path + ".max-waiting", maxWaiting, 0, 100_000);
        Range.check(problems, path + ".max-wait", maxWait, Duration.ZERO, Duration.ofMinutes(10));
        problems.addAll(lease.problems(path + ".lease"));
        return problems;
    }
}
