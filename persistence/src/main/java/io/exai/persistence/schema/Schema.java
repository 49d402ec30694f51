package io.exai.persistence.schema;

import io.exai.persistence.database.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Creates or upgrades the tables. Applied twice, or by several nodes at once, it does its work once. */
public final class Schema {
    private static final String VERSIONS = """
            CREATE TABLE IF NOT EXISTS exai_schema (
              version INTEGER PRIMARY KEY,
              description VARCHAR(255) NOT NULL,
              applied_at TIMESTAMP WITH TIME ZONE NOT NULL
            )""";

    /** Any number will do as long as all nodes use the same one. */
    private static final long LOCK = 0x65_78_61_69L;

    private final Dialect dialect;
    private final Clock clock;

    public Schema(Dialect dialect, Clock clock) {
        this.dialect = dialect;
        this.clock = clock;
    }

    /** The statements {@link #apply} would run on an empty database, in order. */
    public String describe() {
        return dialect.scripts().stream()
                .map(script -> "-- version " + script.version() + ": " + script.description() + "\n" + script.text())
                .collect(Collectors.joining("\n", VERSIONS + ";\n\n", ""));
    }

    /**
     * Brings the tables to the version of this program; blocks while another node does.
     *
     * @return how many versions were applied, 0 when all were there
     * @throws SchemaMismatch when the tables are newer than this program or belong to another back end
     */
    public int apply(ConnectionSource connections) throws SQLException {
        synchronized (Schema.class) { // H2 has one process and no lock of its own for this
            try (var connection = connections.open()) {
                connection.setAutoCommit(false);
                try {
                    var applied = applyMissing(connection);
                    connection.commit();
                    return applied;
                } catch (SQLException | RuntimeException e) {
                    connection.rollback();
                    throw e;
                }
            }
        }
    }

    private int applyMissing(Connection connection) throws SQLException {
        if (dialect != Dialect.H2) {
            execute(connection, "select pg_advisory_xact_lock(" + LOCK + ")");
        }
        execute(connection, VERSIONS);
        var present = versions(connection);
        refuseForeign(present);
        var applied = 0;
        for (var script : dialect.scripts()) {
            if (!present.containsKey(script.version())) {
                apply(connection, script);
                applied++;
            }
        }
        return applied;
    }

    private void refuseForeign(Map<Integer, String> present) {
        var known = dialect.scripts().stream().collect(Collectors.toMap(Script::version, Script::description));
        present.forEach((version, description) -> {
            if (!known.containsKey(version)) {
                throw new SchemaMismatch("schema version: " + version + " (expected: at most " + known.size()
                        + "; the database was used by a newer exai)");
            }
            if (!description.equals(known.get(version))) {
                throw new SchemaMismatch("schema version " + version + ": " + description + " (expected: "
                        + known.get(version) + "; the database belongs to another back end)");
            }
        });
    }

    private void apply(Connection connection, Script script) throws SQLException {
        for (var statement : script.statements()) {
            execute(connection, statement);
        }
        var sql = "insert into exai_schema (version, description, applied_at) values (?, ?, ?)";
        try (var insert = connection.prepareStatement(sql)) {
            insert.setInt(1, script.version());
            insert.setString(2, script.description());
            insert.setObject(3, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    private static Map<Integer, String> versions(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select version, description from exai_schema")) {
            var versions = new TreeMap<Integer, String>();
            while (rows.next()) {
                versions.put(rows.getInt(1), rows.getString(2));
            }
            return versions;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
