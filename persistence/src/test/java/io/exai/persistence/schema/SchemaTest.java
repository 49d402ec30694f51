package io.exai.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@link Schema} on both databases. */
final class SchemaTest {
    @TempDir
    private Path folder;

    @Test
    void createsTheTablesOfH2Once() throws Exception {
        createsTheTablesOnce(Dialect.H2, h2());
    }

    @Test
    @ExtendWith(PostgresServer.class)
    void createsTheTablesOfPostgresOnce(JdbcAddress address) throws Exception {
        createsTheTablesOnce(Dialect.POSTGRES, address);
    }

    @Test
    @ExtendWith(PostgresServer.class)
    void createsTheTablesOfR2dbcOnce(JdbcAddress address) throws Exception {
        createsTheTablesOnce(Dialect.R2DBC, address);
    }

    @Test
    @ExtendWith(PostgresServer.class)
    void letsNodesTakeTurns(JdbcAddress address) throws Exception {
        var nodes = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 8; i++) {
            nodes.add(() -> schema(Dialect.POSTGRES).apply(address::connect));
        }
        var threads = Executors.newFixedThreadPool(8);
        var applied = 0;
        for (var node : threads.invokeAll(nodes, 30, TimeUnit.SECONDS)) {
            applied += node.get();
        }
        threads.shutdownNow();
        assertThat(applied).isEqualTo(6);
    }

    @Test
    void refusesTablesOfANewerVersion() throws Exception {
        schema(Dialect.H2).apply(h2()::connect);
        execute(h2(), "insert into exai_schema values (7, 'later (h2)', current_timestamp)");
        assertThatThrownBy(() -> schema(Dialect.H2).apply(h2()::connect))
                .isInstanceOf(SchemaMismatch.class)
                .hasMessage("schema version: 7 (expected: at most 6; the database was used by a newer exai)");
    }

    @Test
    @ExtendWith(PostgresServer.class)
    void refusesTablesOfAnotherBackEnd(JdbcAddress address) throws Exception {
        schema(Dialect.POSTGRES).apply(address::connect);
        assertThatThrownBy(() -> schema(Dialect.R2DBC).apply(address::connect))
                .isInstanceOf(SchemaMismatch.class)
                .hasMessage("schema version 1: journal (postgres) (expected: journal (r2dbc); the database belongs to"
                        + " another back end)");
    }

    @Test
    void describesWhatItWouldRun() {
        for (var dialect : Dialect.values()) {
            assertThat(schema(dialect).describe())
                    .contains("exai_schema", "-- version 1: journal (", "event_journal", "snapshot", "payload")
                    .doesNotContain("durable_state", "event_tag");
        }
    }

    @Test
    void knowsTheDialectOfEachJournal() {
        assertThat(Dialect.of("postgres")).isEqualTo(Dialect.POSTGRES);
        assertThatThrownBy(() -> Dialect.of("mysql"))
                .hasMessage("journal: mysql (expected: one of h2, postgres, r2dbc)");
    }

    @Test
    void hasRoomForLargeSnapshotsOnH2() throws Exception {
        schema(Dialect.H2).apply(h2()::connect);
        var sql = "insert into \"snapshot\" (\"persistence_id\", \"sequence_number\", \"created\", \"snapshot_ser_id\","
                + " \"snapshot_ser_manifest\", \"snapshot_payload\") values ('x', 1, 1, 33, '', ?)";
        try (var connection = h2().connect();
                var insert = connection.prepareStatement(sql)) {
            insert.setBytes(1, new byte[5_000_000]);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    private JdbcAddress h2() {
        return new JdbcAddress("jdbc:h2:file:" + folder.resolve("exai"), "sa", "");
    }

    private static void createsTheTablesOnce(Dialect dialect, JdbcAddress address) throws Exception {
        assertThat(schema(dialect).apply(address::connect)).isEqualTo(6);
        assertThat(schema(dialect).apply(address::connect)).isZero();
        execute(address, "delete from exai_schema"); // as if the last statement had not been reached
        assertThat(schema(dialect).apply(address::connect)).isEqualTo(6);
        execute(address, "select \"persistence_id\" from \"event_journal\"");
        execute(address, "select \"persistence_id\" from \"snapshot\"");
        execute(address, "select \"sha256\" from \"payload\"");
    }

    private static void execute(JdbcAddress address, String sql) throws SQLException {
        try (var connection = address.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Schema schema(Dialect dialect) {
        return new Schema(dialect, Clock.systemUTC());
    }
}
