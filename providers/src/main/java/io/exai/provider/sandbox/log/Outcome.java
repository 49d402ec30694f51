package io.exai.provider.sandbox.log;

import java.util.Locale;

/** How a request to the sandbox ended. */
public enum Outcome {
    OK,
    ERROR,
    RATE_LIMITED,
    STALLED,
    BROKEN,
    CANCELLED,
    INVALID,
    REFUSED;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
