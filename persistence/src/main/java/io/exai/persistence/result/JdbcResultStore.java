package io.exai.persistence.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.exai.persistence.database.Database;
import io.exai.persistence.schema.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** Results in the database of the journal. */
public final class JdbcResultStore implements ResultStore {
    private static final String MERGE = """
            merge into "result" ("call_key", "answer", "expires_at") key ("call_key") values (?, ?, ?)""";
    private static final String UPSERT = """
            insert into "result" ("call_key", "answer", "expires_at") values (?, ?, ?)
            on conflict ("call_key") do update set "answer" = excluded."answer", "expires_at" = excluded."expires_at\"""";

    private static final String KEYS = """
            select "call_key" from "result" where "call_key" between ? and ? and "expires_at" > ? limit ?""";

    /** Comes after every hexadecimal digit, whatever the order of the database. */
    private static final String AFTER_DIGITS = "g";

    private final Database database;
    private final Dialect dialect;
    private final Clock clock;

    public JdbcResultStore(Database database, Dialect dialect, Clock clock) {
        this.database = database;
        this.dialect = dialect;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Map<String, StoredResult>> find(Collection<String> callKeys) {
        return database.run(connection -> read(connection, List.copyOf(callKeys)));
    }

    @Override
    public CompletionStage<Set<String>> keys(String prefix, int most) {
        return database.run(connection -> {
            Set<String> keys = new HashSet<>();
            try (var select = connection.prepareStatement(KEYS)) {
                select.setString(1, prefix);
                select.setString(2, prefix + AFTER_DIGITS);
                select.setObject(3, at(clock.instant()));
                select.setInt(4, most);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        keys.add(rows.getString(1));
                    }
                }
            }
            return keys;
        });
    }

    @Override
    public CompletionStage<Integer> keep(List<StoredResult> results) {
        return database.transact(connection -> write(connection, results));
    }

    @Override
    public CompletionStage<Integer> removeOld() {
        return database.run(connection -> {
            try (var delete = connection.prepareStatement("delete from \"result\" where \"expires_at\" <= ?")) {
                delete.setObject(1, at(clock.instant()));
                return delete.executeUpdate();
            }
        });
    }

    private Map<String, StoredResult> read(Connection connection, List<String> callKeys) throws SQLException {
        Map<String, StoredResult> found = new HashMap<>();
        if (callKeys.isEmpty()) {
            return found;
        }
        var count = Integer.highestOneBit(callKeys.size() * 2 - 1); // few different statements, which stay prepared
        var places = String.join(", ", Collections.nCopies(count, "?"));
        var sql = "select \"call_key\", \"answer\", \"expires_at\" from \"result\" where \"expires_at\" > ?"
                + " and \"call_key\" in (" + places + ")";
        try (var select = connection.prepareStatement(sql)) {
            select.setObject(1, at(clock.instant()));
            for (int index = 0; index < count; index++) {
                select.setString(index + 2, callKeys.get(Math.min(index, callKeys.size() - 1)));
            }
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var until = rows.getObject(3, OffsetDateTime.class).toInstant();
                    var result = new StoredResult(rows.getString(1), new String(rows.getBytes(2), UTF_8), until);
                    found.put(result.callKey(), result);
                }
            }
        }
        return found;
    }

    /** In order of their keys, as all nodes do, so that none waits for another that waits for it. */
    private int write(Connection connection, List<StoredResult> results) throws SQLException {
        var byKey = new TreeMap<String, StoredResult>();
        results.forEach(result -> byKey.put(result.callKey(), result));
        var kept = 0;
        try (var insert = connection.prepareStatement(dialect == Dialect.H2 ? MERGE : UPSERT)) {
            for (var result : byKey.values()) {
                var answer = result.answer().getBytes(UTF_8);
                if (answer.length <= MOST_BYTES) {
                    insert.setString(1, result.callKey());
                    insert.setBytes(2, answer);
                    insert.setObject(3, at(result.until()));
                    insert.addBatch();
                    kept++;
                }
            }
            if (kept > 0) {
                insert.executeBatch();
            }
        }
        return kept;
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
