package io.exai.persistence;

import java.time.Duration;
import java.util.List;

/** What goes to the payload store (more than {@code inlineLimit} bytes) and how long it stays there. */
public record PayloadSettings(int inlineLimit, Duration retention, Duration sweepInterval) {

    /** Every value out of range, as {@code path.key: value (expected: what)}. */
    public List<String> problems(String path) {
        return new Range(path)
                .check("inline-limit", inlineLimit, 0, 1_048_576)
                .check("retention", retention, Duration.ofHours(2), Duration.ofDays(3650), "2 h to 3650 d")
                .check("sweep-interval", sweepInterval, Duration.ofMinutes(1), Duration.ofDays(7), "1 min to 7 d")
                .problems();
    }
}
