package io.exai.persistence;

import java.util.List;

/** Where PostgreSQL is and how many connections a node holds. */
public record PostgresSettings(String url, String user, String password, int poolSize) {

    /** Every value out of range, as {@code path.key: value (expected: what)}. */
    public List<String> problems(String path) {
        return new Range(path)
                .expect(
                        url.startsWith("jdbc:postgresql:"),
                        "url",
                        url.replaceAll("(?i)(password=)[^&]*", "$1***"),
                        "jdbc:postgresql://host:port/database")
                .expect(!user.isBlank(), "user", user, "a name")
                .check("pool-size", poolSize, 2, 100)
                .problems();
    }

    @Override
    public String toString() {
        return "PostgresSettings[url=" + url.replaceAll("(?i)(password=)[^&]*", "$1***") + ", user=" + user
                + ", password=***, poolSize=" + poolSize + "]";
    }
}
