package io.exai.provider.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Counts the requests of a minute that begins with its first; safe for any thread. */
final class Minute {
    private static final Duration LENGTH = Duration.ofMinutes(1);

    private final int limit;
    private final Clock clock;
    private Instant end = Instant.MIN;
    private int used;

    Minute(int limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** Zero when the request may pass, else how long until the next may. */
    synchronized Duration take() {
        Instant now = clock.instant();
        if (!now.isBefore(end)) {
            end = now.plus(LENGTH);
            used = 0;
        }
        if (used == limit) {
            return Duration.between(now, end);
        }
        used++;
        return Duration.ZERO;
    }
}
