package io.exai.persistence;

import java.time.Duration;
import java.util.List;

/** How the embedded file is read, and how it is kept small; sizes in MB. */
public record H2Settings(
        int poolSize,
        int cacheSize,
        int compactAboveSize,
        Duration compactInterval,
        Duration compactStep,
        Duration compactOnStop) {

    /** Every value out of range, as {@code path.key: value (expected: what)}. */
    public List<String> problems(String path) {
        return new Range(path)
                .check("pool-size", poolSize, 2, 100)
                .check("cache-size", cacheSize, 1, 4096)
                .check("compact-above-size", compactAboveSize, 1, 100_000)
                .check(
                        "compact-interval",
                        compactInterval,
                        Duration.ofMillis(100),
                        Duration.ofHours(1),
                        "100 ms to 1 h")
                .check("compact-step", compactStep, Duration.ofMillis(1), Duration.ofSeconds(1), "1 ms to 1 s")
                .check("compact-on-stop", compactOnStop, Duration.ZERO, Duration.ofMinutes(10), "0 s to 10 min")
                .problems();
    }
}
