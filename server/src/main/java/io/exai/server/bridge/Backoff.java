package io.exai.server.bridge;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: anything up to a bound that doubles, so that many bridges do not come at once.
 *
 * @param first the bound after the first failure
 * @param most the bound never exceeded
 */
record Backoff(Duration first, Duration most) {
    private static final int MOST_DOUBLINGS = 20;

    /** {@code failures} is how many attempts have failed before, from 0. */
    Duration delay(int failures, RandomGenerator random) {
        return Duration.ofNanos(random.nextLong(bound(failures).toNanos() + 1));
    }

    Duration bound(int failures) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return doubled.compareTo(most) < 0 ? doubled : most;
    }
}
