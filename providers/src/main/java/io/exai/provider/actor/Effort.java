package io.exai.provider.actor;

import java.time.Duration;

/**
 * What it took to get an answer out of one vendor.
 *
 * @param attempts the last included
 * @param firstToken from the last attempt's begin to the first piece of its answer
 * @param total from the last attempt's begin to its end
 */
public record Effort(int attempts, Duration firstToken, Duration total) {
    public static final Effort NONE = new Effort(1, Duration.ZERO, Duration.ZERO);
}
