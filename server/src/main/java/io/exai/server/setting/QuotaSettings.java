package io.exai.server.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How many calls run at once on the whole daemon, and how the others wait.
 *
 * @param maxInFlight calls at once
 * @param maxWaiting calls that may wait for one of those to end
 * @param maxWait longest wait of one call
 */
public record QuotaSettings(int maxInFlight, int maxWaiting, Duration maxWait) {
    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        Range.check(problems, path + ".max-in-flight", maxInFlight, 1, 10_000);
        Range.check(problems, path + ".max-waiting", maxWaiting, 0, 100_000);
        Range.check(problems, path + ".max-wait", maxWait, Duration.ZERO, Duration.ofMinutes(10));
        return problems;
    }
}
