package io.exai.server.bench;

import java.util.Locale;

/** Whether an aim is reached. */
enum Verdict {
    OK,
    MISSED,
    /** There is no aim. */
    INFORMATION;

    static Verdict of(boolean reached) {
        return reached ? OK : MISSED;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
