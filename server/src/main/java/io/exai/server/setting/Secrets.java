package io.exai.server.setting;

import java.util.regex.Pattern;

/** Which settings are never shown. */
final class Secrets {
    static final String MASK = "********";
    /** Mistyped keys, such as {@code apikey}, hold secrets too. */
    private static final Pattern SECRET =
            Pattern.compile("(key|tokens?|password|secret)([.\\-_]|$)", Pattern.CASE_INSENSITIVE);

    private Secrets() {}

    static boolean isSecret(String key) {
        return SECRET.matcher(key).find();
    }

    /** The value as it may be printed. */
    static Object shown(String key, Object value) {
        return isSecret(key) && !String.valueOf(value).isEmpty() ? MASK : value;
    }
}
