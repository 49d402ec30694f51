package io.exai.provider.actor;

import java.time.Duration;

/** How long permits have lately been held, and what that means for who has to come again. */
public final class Pace {
    static final Duration LEAST = Duration.ofSeconds(1);
    static final Duration MOST = Duration.ofMinutes(1);

    private static final double WEIGHT = 0.125;

    private double mean;

    /** One permit came back after that many nanoseconds. */
    public void held(long nanos) {
        mean += (mean == 0 ? 1 : WEIGHT) * (nanos - mean);
    }

    /** When one who comes behind that many may hope for a permit; 1 s to 1 min. */
    public Duration retryAfter(int ahead, int permits) {
        Duration estimate = Duration.ofNanos((long) (mean * (ahead + 1) / Math.max(1, permits)));
        if (estimate.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return estimate.compareTo(MOST) > 0 ? MOST : estimate;
    }
}
