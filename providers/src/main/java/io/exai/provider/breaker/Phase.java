package io.exai.provider.breaker;

import java.util.Locale;

/** What a breaker does with calls. */
public enum Phase {
    /** All pass. */
    CLOSED,
    /** One passes, and decides. */
    HALF_OPEN,
    /** None passes. */
    OPEN;

    /** As in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
