package io.exai.persistence.lease;

import io.exai.persistence.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The row of one lease, as one owner sees it. Time is the database's, so that the clocks of nodes do not matter. */
final class LeaseRow {
    private static final String TAKE = """
            insert into lease (name, owner, expires_at) values (?, ?, now() + ? * interval '1 millisecond')
            on conflict (name) do update set owner = excluded.owner, expires_at = excluded.expires_at
            where lease.owner = excluded.owner or lease.expires_at < now()""";

    private final Database database;
    private final String name;
    private final String owner;
    private final Duration life;

    /** {@code life} is how long the lease is ours after each {@link #take}. */
    LeaseRow(Database database, String name, String owner, Duration life) {
        this.database = database;
        this.name = name;
        this.owner = owner;
        this.life = life;
    }

    /** Takes the lease, or prolongs it; false while somebody else has it. */
    CompletionStage<Boolean> take() {
        return database.run(connection -> {
            try (var statement = connection.prepareStatement(TAKE)) {
                statement.setString(1, name);
                statement.setString(2, owner);
                statement.setLong(3, life.toMillis());
                return statement.executeUpdate() == 1;
            }
        });
    }

    /** Gives the lease back, if it is ours. */
    CompletionStage<Boolean> give() {
        return database.run(connection -> {
            try (var statement = connection.prepareStatement("delete from lease where name = ? and owner = ?")) {
                statement.setString(1, name);
                statement.setString(2, owner);
                statement.executeUpdate();
                return true;
            }
        });
    }

    /** When the lease ends, whoever has it; empty when nobody does. */
    CompletionStage<Optional<OffsetDateTime>> end() {
        return database.run(connection -> Optional.ofNullable(end(connection)));
    }

    private @Nullable OffsetDateTime end(Connection connection) throws SQLException {
        try (var statement =
                connection.prepareStatement("select expires_at from lease where name = ? and expires_at >= now()")) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getObject(1, OffsetDateTime.class) : null;
            }
        }
    }
}
