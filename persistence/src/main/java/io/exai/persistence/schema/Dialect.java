package io.exai.persistence.schema;

import java.util.List;
import java.util.stream.IntStream;

/** The kinds of tables: which scripts make them, and how several nodes take turns. */
public enum Dialect {
    H2("h2"),
    POSTGRES("postgres"),
    R2DBC("r2dbc");

    /** In the order they are applied; the first is version 1. Appended to, never changed. */
    private static final List<String> SCRIPTS = List.of("journal", "payload", "secret", "lease", "result", "usage");

    private final String folder;

    Dialect(String folder) {
        this.folder = folder;
    }

    /** The dialect of {@code exai.persistence.journal}. */
    public static Dialect of(String journal) {
        for (var dialect : values()) {
            if (dialect.folder.equals(journal)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("journal: " + journal + " (expected: one of h2, postgres, r2dbc)");
    }

    List<Script> scripts() {
        return IntStream.range(0, SCRIPTS.size())
                .mapToObj(index -> new Script(index + 1, folder, SCRIPTS.get(index)))
                .toList();
    }
}
