package io.exai.server.bench;

import java.util.Locale;

/** Tells on standard error how far a benchmark is. */
final class Progress {
    private Progress() {}

    static void say(String format, Object... arguments) {
        System.err.printf(Locale.ROOT, format + "%n", arguments);
    }
}
