package io.exai.provider.router;

import java.util.Locale;

/** What matters most in the answer to a question. */
public enum Preference {
    SPEED,
    BALANCED,
    QUALITY;

    /** As in data files and arguments. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
