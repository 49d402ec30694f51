package io.exai.persistence.usage;

import static java.time.temporal.ChronoUnit.MICROS;

import io.exai.persistence.schema.Dialect;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;

/** The statement that adds one call unless its id is there, and its parameters. */
record UsageInsert(Dialect dialect) {
    private static final List<String> COLUMNS = List.of(
            "id",
            "ended_at",
            "principal",
            "session",
            "tool",
            "model_asked",
            "provider",
            "model",
            "input_tokens",
            "cached_tokens",
            "output_tokens",
            "cost_nanos",
            "attempts",
            "outcome",
            "millis",
            "first_token_millis");
    private static final String VALUES = "(\"" + String.join("\", \"", COLUMNS) + "\") values ("
            + String.join(", ", Collections.nCopies(COLUMNS.size(), "?")) + ")";
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_WORD = 32;

    String sql() {
        return dialect == Dialect.H2
                ? "merge into \"usage\" using dual on \"id\" = ? when not matched then insert " + VALUES
                : "insert into \"usage\" " + VALUES + " on conflict (\"id\") do nothing";
    }

    void bind(PreparedStatement insert, UsageEntry entry) throws SQLException {
        int index = 0;
        if (dialect == Dialect.H2) {
            insert.setString(++index, cut(entry.id(), LONGEST_NAME));
        }
        insert.setString(++index, cut(entry.id(), LONGEST_NAME));
        // Rounded up it might be of the next day.
        insert.setObject(++index, OffsetDateTime.ofInstant(entry.at().truncatedTo(MICROS), ZoneOffset.UTC));
        insert.setString(++index, cut(entry.principal(), LONGEST_NAME));
        insert.setString(++index, cut(entry.session(), LONGEST_NAME));
        insert.setString(++index, cut(entry.tool(), LONGEST_NAME));
        insert.setString(++index, cut(entry.modelAsked(), LONGEST_NAME));
        insert.setString(++index, cut(entry.provider(), LONGEST_NAME));
        insert.setString(++index, cut(entry.model(), LONGEST_NAME));
        insert.setLong(++index, entry.inputTokens());
        insert.setLong(++index, entry.cachedTokens());
        insert.setLong(++index, entry.outputTokens());
        insert.setLong(++index, entry.costNanos());
        insert.setInt(++index, entry.attempts());
        insert.setString(++index, cut(entry.outcome(), LONGEST_WORD));
        insert.setLong(++index, entry.millis());
        insert.setLong(++index, entry.firstTokenMillis());
    }

    /** What a column takes: PostgreSQL knows no character 0, and neither database half a pair of surrogates. */
    private static String cut(String text, int most) {
        String clean = text.replace('\0', ' ');
        int end = Math.min(clean.length(), most);
        boolean torn = end > 0 && end < clean.length() && Character.isHighSurrogate(clean.charAt(end - 1));
        return clean.substring(0, torn ? end - 1 : end);
    }
}
