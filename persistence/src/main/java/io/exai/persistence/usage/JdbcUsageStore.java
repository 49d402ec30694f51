package io.exai.persistence.usage;

import io.exai.persistence.database.Database;
import io.exai.persistence.schema.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Usage in the database of the journal. */
public final class JdbcUsageStore implements UsageStore {
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
        return database.run(connection -> new UsageSums(connection).spent(from));
    }

    @Override
    public CompletionStage<List<UsageGroup>> totals(Grouping by, Instant from, Instant to) {
        var byName = Comparator.comparing(UsageGroup::name);
        var byCost = Comparator.comparingLong(
                        (UsageGroup group) -> group.totals().costNanos())
                .reversed();
        return database.run(connection -> new UsageSums(connection)
                .groups(by, from, to).stream()
                        .sorted(by == Grouping.DAY ? byName : byCost.thenComparing(byName))
                        .toList());
    }

    @Override
    public CompletionStage<List<UsagePattern>> patterns(Instant from, Instant to) {
        return database.run(connection -> new UsageSums(connection).patterns(from, to));
    }

    @Override
    public CompletionStage<Integer> removeBefore(Instant oldest) {
        return database.run(connection -> {
            try (var delete = connection.prepareStatement("delete from \"usage\" where \"ended_at\" < ?")) {
                delete.setObject(1, OffsetDateTime.ofInstant(oldest, ZoneOffset.UTC));
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
}
