package io.exai.persistence.payload;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;

/** The statements on {@code payload}, whose rows are pieces of at most 1 MiB: the most that H2 keeps in a row. */
final class PayloadTable {
    private static final int PIECE = 1024 * 1024;

    private final Connection connection;

    PayloadTable(Connection connection) {
        this.connection = connection;
    }

    /** How many rows a content of that size takes; an empty one takes one. */
    static int pieces(int size) {
        return Math.max(1, (size + PIECE - 1) / PIECE);
    }

    Optional<Instant> lastPut(String sha256) throws SQLException {
        var sql = "select \"last_put\" from \"payload\" where \"sha256\" = ? and \"piece\" = 0";
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, sha256);
            try (var rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(rows.getObject(1, OffsetDateTime.class).toInstant())
                        : Optional.empty();
            }
        }
    }

    Optional<byte[]> read(String sha256) throws SQLException {
        var sql = "select \"content\" from \"payload\" where \"sha256\" = ? order by \"piece\"";
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, sha256);
            try (var rows = select.executeQuery()) {
                var content = new ByteArrayOutputStream();
                var found = false;
                while (rows.next()) {
                    content.writeBytes(rows.getBytes(1));
                    found = true;
                }
                return found ? Optional.of(content.toByteArray()) : Optional.empty();
            }
        }
    }

    /** All pieces or none. */
    void insert(String sha256, byte[] content, Instant now) throws SQLException {
        connection.setAutoCommit(false);
        try {
            insertPieces(sha256, content, now);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Tells how many pieces were there. */
    int refresh(String sha256, Instant now) throws SQLException {
        try (var update = connection.prepareStatement("update \"payload\" set \"last_put\" = ? where \"sha256\" = ?")) {
            update.setObject(1, at(now));
            update.setString(2, sha256);
            return update.executeUpdate();
        }
    }

    /** Tells how many contents went. */
    int deleteBefore(Instant before) throws SQLException {
        var sql = "select \"sha256\" from \"payload\" where \"piece\" = 0 and \"last_put\" < ?";
        try (var select = connection.prepareStatement(sql)) {
            select.setObject(1, at(before));
            try (var rows = select.executeQuery()) {
                var removed = 0;
                while (rows.next()) {
                    removed += delete(rows.getString(1), before);
                }
                return removed;
            }
        }
    }

    /** One statement a content, so that a put at the same time finds all pieces or none. */
    private int delete(String sha256, Instant before) throws SQLException {
        var sql = "delete from \"payload\" where \"sha256\" = ? and \"last_put\" < ?";
        try (var delete = connection.prepareStatement(sql)) {
            delete.setString(1, sha256);
            delete.setObject(2, at(before));
            return Math.min(1, delete.executeUpdate());
        }
    }

    private void insertPieces(String sha256, byte[] content, Instant now) throws SQLException {
        var sql = "insert into \"payload\" (\"sha256\", \"piece\", \"content\", \"last_put\") values (?, ?, ?, ?)";
        try (var insert = connection.prepareStatement(sql)) {
            for (int piece = 0; piece < pieces(content.length); piece++) {
                var end = Math.min(content.length, (piece + 1) * PIECE);
                insert.setString(1, sha256);
                insert.setInt(2, piece);
                insert.setBytes(3, Arrays.copyOfRange(content, piece * PIECE, end));
                insert.setObject(4, at(now));
                insert.executeUpdate();
            }
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
