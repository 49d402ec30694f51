package io.exai.provider.setting;

import java.time.Duration;
import java.util.List;

/**
 * When a provider is not asked any more, and for how long.
 *
 * @param failures in a row that open the breaker
 * @param rate share of failures that opens it
 * @param leastCalls in the window before the share counts
 * @param window in which the share is taken
 * @param openFor until one probe is let through
 */
public record BreakerSettings(int failures, double rate, int leastCalls, Duration window, Duration openFor) {
    List<String> problems(String path) {
        var problems = new Problems(path);
        problems.whole("failures", failures, 1, 10_000);
        problems.real("rate", rate, 0.01, 1);
        problems.whole("least-calls", leastCalls, 1, 100_000);
        problems.duration("window", window, Duration.ofSeconds(1), Duration.ofHours(1));
        problems.duration("open-for", openFor, Duration.ofMillis(100), Duration.ofHours(1));
        return problems.list();
    }
}
