package io.exai.provider.setting;

import org.jspecify.annotations.Nullable;

/** Keeps keys out of texts that people read. */
final class Secret {
    static final String MASK = "***";

    private Secret() {}

    static boolean given(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    static String masked(@Nullable String value) {
        return given(value) ? MASK : "none";
    }
}
