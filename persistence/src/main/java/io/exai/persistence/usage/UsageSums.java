package io.exai.persistence.usage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of usage, summed up by the database. */
record UsageSums(Connection connection) {
    private static final String SUMS =
            "count(*), sum(\"input_tokens\"), sum(\"cached_tokens\"), sum(\"output_tokens\"), sum(\"cost_nanos\")";
    private static final String SPENT =
            "select " + SUMS + ", \"principal\" from \"usage\" where \"ended_at\" >= ? group by \"principal\"";
    private static final String SPAN = " from \"usage\" where \"ended_at\" >= ? and \"ended_at\" < ? group by ";
    private static final String PATTERNS = "select " + SUMS
            + ", \"tool\", \"provider\", \"model\", max(\"input_tokens\"), max(\"output_tokens\")" + SPAN
            + "\"tool\", \"provider\", \"model\" order by \"tool\", \"provider\", \"model\"";

    Map<String, UsageTotals> spent(Instant from) throws SQLException {
        Map<String, UsageTotals> spent = new HashMap<>();
        for (var group : groups(SPENT, from)) {
            spent.put(group.name(), group.totals());
        }
        return spent;
    }

    /** In no order. */
    List<UsageGroup> groups(Grouping by, Instant from, Instant to) throws SQLException {
        return groups("select " + SUMS + ", " + by.expression() + SPAN + by.expression(), from, to);
    }

    List<UsagePattern> patterns(Instant from, Instant to) throws SQLException {
        return rows(
                PATTERNS,
                row -> new UsagePattern(
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getLong(9),
                        row.getLong(10),
                        sums(row)),
                from,
                to);
    }

    private List<UsageGroup> groups(String sql, Instant... span) throws SQLException {
        return rows(sql, row -> new UsageGroup(row.getString(6), sums(row)), span);
    }

    private <T> List<T> rows(String sql, Row<T> reader, Instant... span) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            bind(select, span);
            try (var rows = select.executeQuery()) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(reader.of(rows));
                }
                return read;
            }
        }
    }

    private static void bind(PreparedStatement statement, Instant... span) throws SQLException {
        for (int index = 0; index < span.length; index++) {
            statement.setObject(index + 1, OffsetDateTime.ofInstant(span[index], ZoneOffset.UTC));
        }
    }

    private static UsageTotals sums(ResultSet row) throws SQLException {
        return new UsageTotals(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }
}
