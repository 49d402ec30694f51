package io.exai.provider.actor;

import java.time.Duration;

/**
 * How much may be sent in a minute: a token bucket of which a sixth may go at once and the rest evenly, so that no minute
 * sees more than the limit but for what the last taker took too much, which is paid off. Times are of {@link System#nanoTime}; owned by one thread.
 */
final class Bucket {
    private static final double BURST = 1.0 / 6;
    private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

    private final double capacity;
    private final double perNano;
    private double level;
    private long filledAt;

    /**
     * @param perMinute 0 for no limit
     */
    Bucket(int perMinute, long now) {
        this.capacity = perMinute == 0 ? 0 : Math.max(1, perMinute * BURST);
        this.perNano = Math.max(perMinute - capacity, perMinute / 60.0) / NANOS_PER_MINUTE;
        this.level = capacity;
        this.filledAt = now;
    }

    /** How long until so much may pass. */
    Duration delay(double amount, long now) {
        if (capacity == 0) {
            return Duration.ZERO;
        }
        fill(now);
        double missing = Math.min(amount, capacity) - level;
        return missing <= 0 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(missing / perNano));
    }

    /** It has passed; what it took beyond the level is paid off before anything else passes. */
    void take(double amount, long now) {
        if (capacity > 0) {
            fill(now);
            level -= amount;
        }
    }

    private void fill(long now) {
        level = Math.min(capacity, level + (now - filledAt) * perNano);
        filledAt = now;
    }
}
