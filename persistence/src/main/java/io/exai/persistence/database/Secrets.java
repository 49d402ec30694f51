package io.exai.persistence.database;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keys that all nodes on one database share: the first to ask makes them. */
public final class Secrets {
    private final Database database;

    public Secrets(Database database) {
        this.database = database;
    }

    /** The key of that name, random and of that many bytes; the same from now on, on every node. */
    public CompletionStage<byte[]> key(String name, int bytes) {
        return database.run(connection -> {
            Optional<byte[]> there = read(connection, name);
            if (there.isPresent()) {
                return there.get();
            }
            byte[] fresh = new byte[bytes];
            new SecureRandom().nextBytes(fresh);
            try {
                insert(connection, name, fresh);
                return fresh;
            } catch (SQLException taken) {
                return read(connection, name).orElseThrow(() -> taken);
            }
        });
    }

    private static Optional<byte[]> read(Connection connection, String name) throws SQLException {
        try (var select = connection.prepareStatement("select \"content\" from \"secret\" where \"name\" = ?")) {
            select.setString(1, name);
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
            }
        }
    }

    private static void insert(Connection connection, String name, byte[] content) throws SQLException {
        try (var insert = connection.prepareStatement("insert into \"secret\" (\"name\", \"content\") values (?, ?)")) {
            insert.setString(1, name);
            insert.setBytes(2, content);
            insert.executeUpdate();
        }
    }
}
