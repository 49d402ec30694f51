package io.exai.server.setting;

import java.time.Duration;
import java.util.List;

/** Bounds of settings, and the sentence that names them. */
final class Range {
    private Range() {}

    static void check(List<String> problems, String key, long value, long least, long most) {
        if (value < least || value > most) {
            problems.add(key + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    static void check(List<String> problems, String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add(key + ": " + text(value) + " (expected: " + text(least) + " to " + text(most) + ")");
        }
    }

    static String text(Duration value) {
        return value.toMillis() % 1000 == 0 ? value.toSeconds() + "s" : value.toMillis() + "ms";
    }
}
