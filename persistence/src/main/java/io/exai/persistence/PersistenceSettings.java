package io.exai.persistence;

import java.util.ArrayList;
import java.util.List;

/** What {@code exai.persistence} says: the back end of the journal and how each of them is used. */
public record PersistenceSettings(
        String journal, String dataDir, PostgresSettings postgres, H2Settings h2, PayloadSettings payload) {
    private static final List<String> JOURNALS = List.of("h2", "postgres", "r2dbc");

    /** Every value out of range, as {@code path.key: value (expected: what)}; empty when all is well. */
    public List<String> problems(String path) {
        var problems = new ArrayList<String>();
        if (!JOURNALS.contains(journal)) {
            problems.add(path + ".journal: " + journal + " (expected: one of h2, postgres, r2dbc)");
        }
        if (dataDir.isBlank()) {
            problems.add(path + ".data-dir: " + dataDir + " (expected: a folder)");
        }
        if (!journal.equals("h2")) {
            problems.addAll(postgres.problems(path + ".postgres"));
        }
        problems.addAll(h2.problems(path + ".h2"));
        problems.addAll(payload.problems(path + ".payload"));
        return problems;
    }
}
