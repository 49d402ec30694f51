package io.exai.server.bench.resilience;

import java.util.List;

/**
 * What a scenario came to.
 *
 * @param head of its table
 * @param rows of its table
 * @param reached whether it did what it should
 */
record Findings(String head, List<String> rows, boolean reached) {
    /** A head of these columns. */
    static String head(String... columns) {
        return row((Object[]) columns) + "\n" + "|---".repeat(columns.length) + "|";
    }

    static String row(Object... cells) {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ').append(cell).append(" |");
        }
        return row.toString();
    }
}
