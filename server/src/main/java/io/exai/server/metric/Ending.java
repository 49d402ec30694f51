package io.exai.server.metric;

import java.util.Locale;

/** How a tool call ends. */
public enum Ending {
    ANSWERED,
    FAILED,
    /** Not taken on at all. */
    REFUSED,
    CANCELLED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
