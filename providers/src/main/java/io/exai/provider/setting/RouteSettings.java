package io.exai.provider.setting;

import java.time.Duration;
import java.util.List;

/**
 * How a model is chosen, and what happens when it fails.
 *
 * @param fallback {@code always}, {@code auto} (only when the daemon chose the model) or {@code never}
 * @param models asked at most for one call
 * @param cache how long a choice stands; zero for not at all
 * @param maxCost of one call in US dollars, as estimated before it; 0 for no limit
 * @param adaptiveTimeouts whether a model that is slower than it was is given up before the call's time is over
 */
public record RouteSettings(String fallback, int models, Duration cache, double maxCost, boolean adaptiveTimeouts) {
    private static final List<String> SWITCH = List.of("always", "auto", "never");

    List<String> problems(String path) {
        var problems = new Problems(path);
        problems.oneOf("fallback", fallback, SWITCH);
        problems.whole("models", models, 1, 20);
        problems.duration("cache", cache, Duration.ZERO, Duration.ofHours(1));
        problems.real("max-cost", maxCost, 0, 1_000_000);
        return problems.list();
    }
}
