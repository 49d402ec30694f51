package io.exai.provider.setting;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects what is out of range under one path, each line naming key, value and what was expected. */
final class Problems {
    private final String path;
    private final List<String> found = new ArrayList<>();

    Problems(String path) {
        this.path = path;
    }

    void whole(String key, long value, long least, long most) {
        check(key, value >= least && value <= most, value, least + " to " + most);
    }

    void real(String key, double value, double least, double most) {
        check(key, value >= least && value <= most, value, least + " to " + most);
    }

    void duration(String key, Duration value, Duration least, Duration most) {
        boolean good = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        check(key, good, text(value), text(least) + " to " + text(most));
    }

    void oneOf(String key, String value, List<String> legal) {
        check(key, legal.contains(value), value, String.join(", ", legal));
    }

    /** Blank and absent are fine: the vendor's own address is used. */
    void address(String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            check(key, isAddress(value.strip()), value, "an http or https URL without user, query and fragment");
        }
    }

    /** Never quotes the value. */
    void secret(String key, @Nullable String value) {
        boolean good = value == null || value.strip().chars().allMatch(c -> c > ' ' && c < 127);
        check(key, good, Secret.MASK, "printable ASCII without spaces");
    }

    void addAll(List<String> others) {
        found.addAll(others);
    }

    List<String> list() {
        return List.copyOf(found);
    }

    private void check(String key, boolean good, Object value, String expected) {
        if (!good) {
            found.add(path + '.' + key + ": " + value + " (expected: " + expected + ')');
        }
    }

    private static boolean isAddress(String value) {
        try {
            URI uri = new URI(value);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean http = scheme.equals("http") || scheme.equals("https");
            boolean bare = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            return http && bare && uri.getHost() != null && uri.getPort() <= 65535;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static String text(Duration value) {
        long millis = value.toMillis();
        if (millis == 0 && !value.isZero()) {
            return value.toNanos() + "ns";
        }
        if (millis == 0 || millis % 1000 != 0) {
            return millis + "ms";
        }
        return millis % 60_000 == 0 ? millis / 60_000 + "m" : millis / 1000 + "s";
    }
}
