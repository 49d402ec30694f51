package io.exai.provider.quota;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what all nodes use at one moment, and the most there ever was; never counts a permit that was given back. */
final class Gauge {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    void taken() {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
    }

    void givingBack() {
        now.decrementAndGet();
    }

    int now() {
        return now.get();
    }

    int most() {
        return most.get();
    }
}
