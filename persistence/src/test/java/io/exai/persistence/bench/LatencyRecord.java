package io.exai.persistence.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts latencies in steps of 2 %, from 1 microsecond to above a minute. */
final class LatencyRecord {
    private static final double STEP = Math.log(1.02);
    private static final int BUCKETS = 1000;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    void add(long nanos) {
        var bucket = (int) (Math.log(Math.max(1.0, nanos / 1000.0)) / STEP);
        counts.incrementAndGet(Math.min(BUCKETS - 1, bucket));
    }

    /** In milliseconds; {@code part} 0.99 is p99, 1.0 the largest. */
    double percentile(double part) {
        var total = 0L;
        for (int i = 0; i < BUCKETS; i++) {
            total += counts.get(i);
        }
        var seen = 0L;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts.get(i);
            if (seen > 0 && seen >= Math.ceil(part * total)) {
                return Math.exp((i + 1) * STEP) / 1000;
            }
        }
        return 0;
    }

    void clear() {
        for (int i = 0; i < BUCKETS; i++) {
            counts.set(i, 0);
        }
    }
}
