package io.exai.server.bench;

import java.util.List;

/** The middle of some figures. */
public final class Median {
    private Median() {}

    /** Of at least one figure; the mean of the two in the middle when their number is even. */
    public static double of(List<Double> figures) {
        var sorted = figures.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
