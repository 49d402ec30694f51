package io.exai.provider.router;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long models have lately kept their askers waiting, and so how long it makes sense to wait for one. Mean and deviation
 * move as those of TCP's retransmission timer do. For use by any thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6298">RFC 6298</a>
 */
public final class Punctuality {
    /** So many waits are known before anything is concluded from them. */
    static final int ENOUGH = 10;

    static final Duration LEAST = Duration.ofSeconds(5);

    private static final double MEAN_WEIGHT = 0.125;
    private static final double DEVIATION_WEIGHT = 0.25;
    private static final double DEVIATIONS = 6;

    private final Map<String, Waits> models = new ConcurrentHashMap<>();

    private record Waits(int count, double mean, double deviation) {
        Waits plus(double millis) {
            if (count == 0) {
                return new Waits(1, millis, millis / 2);
            }
            return new Waits(
                    Math.min(ENOUGH, count + 1),
                    mean + MEAN_WEIGHT * (millis - mean),
                    deviation + DEVIATION_WEIGHT * (Math.abs(millis - mean) - deviation));
        }
    }

    /** A model's answer began after that time; of one that is not streamed, came. */
    public void waited(String model, boolean streamed, Duration time) {
        models.compute(
                key(model, streamed),
                (key, waits) -> (waits == null ? new Waits(0, 0, 0) : waits).plus(time.toNanos() / 1e6));
    }

    /** After that time it is not going to come any more, most probably; at least 5 s, empty when too little is known. */
    public Optional<Duration> patience(String model, boolean streamed) {
        Waits waits = models.get(key(model, streamed));
        if (waits == null || waits.count() < ENOUGH) {
            return Optional.empty();
        }
        Duration enough = Duration.ofMillis(Math.round(2 * waits.mean() + DEVIATIONS * waits.deviation()));
        return Optional.of(enough.compareTo(LEAST) > 0 ? enough : LEAST);
    }

    private static String key(String model, boolean streamed) {
        return model + (streamed ? " streamed" : "");
    }
}
