package io.exai.server.setting;

import java.util.regex.Pattern;

/** Which settings are never shown. */
final class Secrets {
    static final String MASK = "********";
    private static final Pattern SECRET = Pattern.compile("(^|[.\\-_])(key|token|tokens|password|secret)([.\\-_]|$)");

    private Secrets() {}

    static boolean isSecret(String key) {
        return SECRET.matcher(key).find();
    }

    /** The value as it may be printed. */
    static Object shown(String key, Object value) {
        return isSecret(key) && !String.valueOf(value).isEmpty() ? MASK : value;
    }
}
