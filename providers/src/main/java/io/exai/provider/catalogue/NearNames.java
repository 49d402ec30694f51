package io.exai.provider.catalogue;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the model names a mistyped one was probably meant to be. */
final class NearNames {
    private static final int SHOWN = 3;

    private NearNames() {}

    /** The few names with the smallest edit distance, nearest first. */
    static List<String> of(String asked, List<Model> models) {
        String lower = asked.toLowerCase(Locale.ROOT);
        return models.stream()
                .map(Model::name)
                .sorted(Comparator.comparingInt((String name) -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            row = next(row, from.charAt(i - 1), to, i);
        }
        return row[to.length()];
    }

    private static int[] next(int[] above, char letter, String to, int i) {
        int[] row = new int[above.length];
        row[0] = i;
        for (int j = 1; j < row.length; j++) {
            int change = above[j - 1] + (to.charAt(j - 1) == letter ? 0 : 1);
            row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
        }
        return row;
    }
}
