package io.exai.provider.breaker;

import io.exai.provider.setting.BreakerSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The state of one breaker. Failures in a row open it, or their share within a window; after a time one probe is let
 * through, whose end closes it or opens it anew. Times are of {@link System#nanoTime}; owned by one thread.
 */
final class Circuit {
    private static final int BUCKETS = 10;

    private final BreakerSettings settings;
    private final long bucketNanos;
    private final int[] calls = new int[BUCKETS];
    private final int[] failures = new int[BUCKETS];
    private long bucket;
    private int inARow;
    private boolean tripped;
    private long reopensAt;
    private @Nullable String prober;

    Circuit(BreakerSettings settings, long now) {
        this.settings = settings;
        this.bucketNanos = Math.max(1, settings.window().toNanos() / BUCKETS);
        this.bucket = now / bucketNanos;
    }

    Phase phase(long now) {
        if (!tripped) {
            return Phase.CLOSED;
        }
        return now - reopensAt < 0 ? Phase.OPEN : Phase.HALF_OPEN;
    }

    /** How long it stays open; zero when it is not. */
    Duration remaining(long now) {
        return phase(now) == Phase.OPEN ? Duration.ofNanos(reopensAt - now) : Duration.ZERO;
    }

    /** Calls that have ended, none of them a probe. They count only while the breaker is closed. */
    void add(Tally tally, long now) {
        if (tripped) {
            return;
        }
        advance(now);
        int slot = (int) Math.floorMod(bucket, (long) BUCKETS);
        calls[slot] += tally.healthy() + tally.failed();
        failures[slot] += tally.failed();
        inARow = tally.healthy() > 0 ? tally.last() : inARow + tally.last();
        if (tally.failed() > 0 && (inARow >= settings.failures() || isShareExceeded())) {
            trip(settings.openFor(), now);
        }
    }

    /** True when that node may let one call through: it is the only one that may. */
    boolean grantProbe(String node, long now) {
        if (phase(now) != Phase.HALF_OPEN || (prober != null && !prober.equals(node))) {
            return false;
        }
        prober = node;
        return true;
    }

    @Nullable
    String prober() {
        return prober;
    }

    /** The probe came back. */
    void decide(boolean healthy, long now) {
        if (phase(now) != Phase.HALF_OPEN) {
            return;
        }
        if (healthy) {
            close();
        } else {
            trip(settings.openFor(), now);
        }
    }

    /** The probe will not come back; another may be sent. */
    void forgetProbe() {
        prober = null;
    }

    /** As somebody knows it from a breaker that is gone. */
    void adopt(Duration open, long now) {
        if (!tripped) {
            trip(open, now);
        }
    }

    private void trip(Duration open, long now) {
        tripped = true;
        reopensAt = now + open.toNanos();
        prober = null;
    }

    private void close() {
        tripped = false;
        prober = null;
        inARow = 0;
        java.util.Arrays.fill(calls, 0);
        java.util.Arrays.fill(failures, 0);
    }

    private boolean isShareExceeded() {
        int all = sum(calls);
        return all >= settings.leastCalls() && sum(failures) >= settings.rate() * all;
    }

    private static int sum(int[] counts) {
        return java.util.Arrays.stream(counts).sum();
    }

    private void advance(long now) {
        long current = now / bucketNanos;
        for (long next = Math.max(bucket + 1, current - BUCKETS + 1); next <= current; next++) {
            int slot = (int) Math.floorMod(next, (long) BUCKETS);
            calls[slot] = 0;
            failures[slot] = 0;
        }
        bucket = Math.max(bucket, current);
    }
}
