package io.exai.server.bench.resilience;

import java.util.Collection;
import java.util.List;

/** Some figures in order; of none at all, every percentile is 0. */
record Sample(List<Long> sorted) {
    static Sample of(Collection<Long> figures) {
        return new Sample(figures.stream().sorted().toList());
    }

    int size() {
        return sorted.size();
    }

    /** The least figure that this share of them does not exceed; 0.5 is the median, 1 the largest. */
    long percentile(double share) {
        if (sorted.isEmpty()) {
            return 0;
        }
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(1, Math.min(sorted.size(), rank)) - 1);
    }
}
