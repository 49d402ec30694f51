package io.exai.persistence.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalTables.JournalPekkoSerializationRow;
import org.jspecify.annotations.Nullable;
import scala.Option;

/** The statement that adds events to {@code event_journal}: one text for one event, one for any number of them. */
final class JournalInsert {
    private static final List<Column> COLUMNS = List.of(
            new Column("deleted", Type.BOOL, JournalPekkoSerializationRow::deleted),
            new Column("persistence_id", Type.VARCHAR, JournalPekkoSerializationRow::persistenceId),
            new Column("sequence_number", Type.INT8, JournalPekkoSerializationRow::sequenceNumber),
            new Column("writer", Type.VARCHAR, JournalPekkoSerializationRow::writer),
            new Column("write_timestamp", Type.INT8, JournalPekkoSerializationRow::writeTimestamp),
            new Column("adapter_manifest", Type.VARCHAR, JournalPekkoSerializationRow::adapterManifest),
            new Column("event_payload", Type.BYTEA, JournalPekkoSerializationRow::eventPayload),
            new Column("event_ser_id", Type.INT4, JournalPekkoSerializationRow::eventSerId),
            new Column("event_ser_manifest", Type.VARCHAR, JournalPekkoSerializationRow::eventSerManifest),
            new Column("meta_payload", Type.BYTEA, row -> orNull(row.metaPayload())),
            new Column("meta_ser_id", Type.INT4, row -> orNull(row.metaSerId())),
            new Column("meta_ser_manifest", Type.VARCHAR, row -> orNull(row.metaSerManifest())));

    private static final String INTO =
            COLUMNS.stream().map(Column::name).collect(Collectors.joining(", ", "INSERT INTO event_journal (", ") "));
    private static final String ONE = INTO + "VALUES (" + forEachColumn("?") + ")";

    // Side by side in the list of a SELECT, arrays are taken apart in step; in its FROM they would be copied first.
    private static final String MANY = INTO + "SELECT " + forEachColumn("unnest(?)");

    private JournalInsert() {}

    /** In the order of the list, atomic by itself when the connection commits each statement. */
    static void run(Connection connection, List<JournalPekkoSerializationRow> rows) throws SQLException {
        if (rows.size() == 1) {
            insert(connection, rows.get(0));
        } else {
            insert(connection, rows);
        }
    }

    private static void insert(Connection connection, JournalPekkoSerializationRow row) throws SQLException {
        try (var statement = connection.prepareStatement(ONE)) {
            for (int i = 0; i < COLUMNS.size(); i++) {
                var column = COLUMNS.get(i);
                statement.setObject(
                        i + 1, column.value().apply(row), column.type().jdbc());
            }
            statement.executeUpdate();
        }
    }

    private static void insert(Connection connection, List<JournalPekkoSerializationRow> rows) throws SQLException {
        try (var statement = connection.prepareStatement(MANY)) {
            for (int i = 0; i < COLUMNS.size(); i++) {
                var column = COLUMNS.get(i);
                var values =
                        rows.stream().map(column.value()).toArray(column.type().array());
                statement.setArray(i + 1, connection.createArrayOf(column.type().name(), values));
            }
            statement.executeUpdate();
        }
    }

    private static String forEachColumn(String text) {
        return String.join(", ", Collections.nCopies(COLUMNS.size(), text));
    }

    private static @Nullable Object orNull(Option<?> value) {
        return value.isDefined() ? value.get() : null;
    }

    private record Column(String name, Type type, Function<JournalPekkoSerializationRow, @Nullable Object> value) {}

    /** What server, driver and Java call a type. The arrays are of exactly these: the driver sends others as text. */
    private record Type(String name, int jdbc, IntFunction<Object[]> array) {
        static final Type BOOL = new Type("bool", Types.BOOLEAN, Boolean[]::new);
        static final Type INT4 = new Type("int4", Types.INTEGER, Integer[]::new);
        static final Type INT8 = new Type("int8", Types.BIGINT, Long[]::new);
        static final Type VARCHAR = new Type("varchar", Types.VARCHAR, String[]::new);
        static final Type BYTEA = new Type("bytea", Types.BINARY, byte[][]::new);
    }
}
