package io.exai.persistence.usage;

import io.exai.persistence.database.Database;
import io.exai.persistence.schema.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Usage in the database of the journal. */
public final class JdbcUsageStore implements UsageStore {
    private static final String SUMS =
            "count(*), sum(\"input_tokens\"), sum(\"cached_tokens\"), sum(\"output_tokens\"), sum(\"cost_nanos\")";
    private static final String SPENT =
            "select " + SUMS + ", \"principal\" from \"usage\" where \"ended_at\" >= ? group by \"principal\"";
    private static final String SPAN = " from \"usage\" where \"ended_at\" >= ? and \"ended_at\" < ? group by ";
    private static final String PATTERNS = "select " + SUMS
            + ", \"tool\", \"provider\", \"model\", max(\"input_tokens\"), max(\"output_tokens\")" + SPAN
            + "\"tool\", \"provider\", \"model\" order by \"tool\", \"provider\", \"model\"";
    private static final int TRIES = 5;

    private final Database database;
    private final UsageInsert insert;

    public JdbcUsageStore(Database database, Dialect dialect) {
        this.database = database;
        this.insert = new UsageInsert(dialect);
    }

    @Override
    public CompletionStage<Void> add(List<UsageEntry> entries) {
        var byId = new TreeMap<
                String, UsageEntry>(); // in one order on all nodes, so that none waits for another in a ring
        entries.forEach(entry -> byId.putIfAbsent(entry.id(), entry));
        return byId.isEmpty() ? CompletableFuture.completedFuture(null) : add(byId.values(), TRIES);
    }

    /** H2 fails when another adds the same id at the same moment. */
    private CompletionStage<Void> add(Collection<UsageEntry> entries, int tries) {
        return database.transact(connection -> write(connection, entries))
                .handle((done, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    return tries > 1 && isTaken(failure)
                            ? add(entries, tries - 1)
                            : CompletableFuture.<Void>failedFuture(failure);
                })
                .thenCompose(Function.identity());
    }

    @Override
    public CompletionStage<Map<String, UsageTotals>> spent(Instant from) {
        return database.run(connection -> {
            Map<String, UsageTotals> spent = new HashMap<>();
            for (var group : groups(connection, SPENT, from)) {
                spent.put(group.name(), group.totals());
            }
            return spent;
        });
    }

    @Override
    public CompletionStage<List<UsageGroup>> totals(Grouping by, Instant from, Instant to) {
        var sql = "select " + SUMS + ", " + by.expression() + SPAN + by.expression();
        var byName = Comparator.comparing(UsageGroup::name);
        var byCost = Comparator.comparingLong(
                        (UsageGroup group) -> group.totals().costNanos())
                .reversed();
        return database.run(connection -> groups(connection, sql, from, to).stream()
                .sorted(by == Grouping.DAY ? byName : byCost.thenComparing(byName))
                .toList());
    }

    @Override
    public CompletionStage<List<UsagePattern>> patterns(Instant from, Instant to) {
        return database.run(connection -> rows(
                connection,
                PATTERNS,
                row -> new UsagePattern(
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getLong(9),
                        row.getLong(10),
                        sums(row)),
                from,
                to));
    }

    @Override
    public CompletionStage<Integer> removeBefore(Instant oldest) {
        return database.run(connection -> {
            try (var delete = connection.prepareStatement("delete from \"usage\" where \"ended_at\" < ?")) {
                bind(delete, oldest);
                return delete.executeUpdate();
            }
        });
    }

    private boolean write(Connection connection, Collection<UsageEntry> entries) throws SQLException {
        try (var statement = connection.prepareStatement(insert.sql())) {
            for (var entry : entries) {
                insert.bind(statement, entry);
                statement.addBatch();
            }
            statement.executeBatch();
            return true;
        }
    }

    private static List<UsageGroup> groups(Connection connection, String sql, Instant... span) throws SQLException {
        return rows(connection, sql, row -> new UsageGroup(row.getString(6), sums(row)), span);
    }

    private static <T> List<T> rows(Connection connection, String sql, Row<T> reader, Instant... span)
            throws SQLException {
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

    /** A batch tells the failure of one of its statements as the cause or the next of its own. */
    private static boolean isTaken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && String.valueOf(sql.getSQLState()).startsWith("23")) {
                return true;
            }
        }
        return false;
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }
}
