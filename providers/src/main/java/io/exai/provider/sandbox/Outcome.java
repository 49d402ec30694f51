package io.exai.provider.sandbox;

import java.util.Locale;

/** How a request to the sandbox ended. */
enum Outcome {
    OK,
    ERROR,
    RATE_LIMITED,
    STALLED,
    BROKEN,
    CANCELLED,
    INVALID;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
