package io.exai.persistence.obituary;

import io.exai.persistence.database.ConnectionSource;
import java.sql.SQLException;

/**
 * Passes the names of dead members on to every {@link ObituaryReader} there is at that moment, as a notification of
 * PostgreSQL: only who may write the journal can do so, and nothing of it is stored.
 */
public final class Obituaries {
    static final String CHANNEL = "exai_obituary";

    private final ConnectionSource connections;

    public Obituaries(ConnectionSource connections) {
        this.connections = connections;
    }

    /** Blocks until the database has it. */
    public void publish(String member) throws SQLException {
        try (var connection = connections.open();
                var notify = connection.prepareStatement("select pg_notify(?, ?)")) {
            notify.setString(1, CHANNEL);
            notify.setString(2, member);
            notify.execute();
        }
    }

    /** Fails when nothing could be published now; what was loaded for it stays loaded. */
    public void check() throws SQLException {
        connections.open().close();
    }
}
