package io.exai.persistence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects the values of one settings record that are out of their range. */
final class Range {
    private final String path;
    private final List<String> problems = new ArrayList<>();

    Range(String path) {
        this.path = path;
    }

    Range check(String key, int value, int least, int most) {
        return expect(value >= least && value <= most, key, value, least + " to " + most);
    }

    /** {@code expected} names the bounds as a reader writes them, for example {@code 1 min to 7 d}. */
    Range check(String key, Duration value, Duration least, Duration most, String expected) {
        return expect(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, key, value, expected);
    }

    Range expect(boolean holds, String key, Object value, String expected) {
        if (!holds) {
            problems.add(path + "." + key + ": " + value + " (expected: " + expected + ")");
        }
        return this;
    }

    List<String> problems() {
        return problems;
    }
}
