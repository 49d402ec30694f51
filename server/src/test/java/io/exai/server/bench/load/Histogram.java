package io.exai.server.bench.load;

/** Counts latencies on a log-linear scale, 64 steps per power of two: an error below 1.6 %. */
final class Histogram {
    private static final int STEPS = 64;

    private final long[] counts = new long[STEPS * STEPS];
    private long total;
    private long largest;

    void add(long nanos) {
        var value = Math.max(0, nanos);
        counts[index(value)]++;
        total++;
        largest = Math.max(largest, value);
    }

    /** In milliseconds, 0 without any; {@code part} 0.99 is p99, 1.0 the largest. */
    double percentile(double part) {
        var rank = Math.max(1, (long) Math.ceil(part * total));
        var seen = 0L;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(largest, upperEdge(i)) / 1e6;
            }
        }
        return 0;
    }

    private static int index(long value) {
        if (value < STEPS) {
            return (int) value;
        }
        var exponent = 63 - Long.numberOfLeadingZeros(value);
        return (exponent - 5) * STEPS + (int) ((value >>> (exponent - 6)) & (STEPS - 1));
    }

    private static long upperEdge(int index) {
        if (index < STEPS) {
            return index;
        }
        var exponent = index / STEPS + 5;
        return (1L << exponent) + ((long) (index % STEPS + 1) << (exponent - 6)) - 1;
    }
}
