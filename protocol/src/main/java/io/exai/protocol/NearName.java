package io.exai.protocol;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped name may have meant. */
public final class NearName {
    private NearName() {}

    /** The nearest to {@code given} of those names that are near: within a third of its length, or a part of it. */
    public static Optional<String> of(String given, Collection<String> known) {
        if (given.isEmpty() || given.length() > 128) {
            return Optional.empty();
        }
        String wanted = given.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> near(wanted, name.toLowerCase(Locale.ROOT)))
                .min(Comparator.<String>comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The nearest known name as a question, or all of them. */
    public static String hint(String given, Collection<String> known) {
        return of(given, known)
                .map(name -> "did you mean " + name + "?")
                .orElseGet(() -> known.isEmpty() ? "none" : "one of " + String.join(", ", known));
    }

    private static boolean near(String wanted, String name) {
        return distance(wanted, name) <= Math.max(1, Math.max(wanted.length(), name.length()) / 3)
                || (name.length() > 3 && wanted.contains(name))
                || (wanted.length() > 3 && name.contains(wanted));
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
