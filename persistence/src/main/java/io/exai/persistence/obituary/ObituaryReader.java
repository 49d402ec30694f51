package io.exai.persistence.obituary;

import io.exai.persistence.database.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of dead members, on a connection and a thread of its own. While the database does not answer it hears nothing;
 * the cluster then finds out by itself, later.
 */
public final class ObituaryReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ObituaryReader.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ConnectionSource connections;
    private final Consumer<String> members;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "exai-obituaries");

    private ObituaryReader(ConnectionSource connections, Consumer<String> members) {
        this.connections = connections;
        this.members = members;
    }

    /** {@code members} is called on a thread of its own, and must not block. */
    public static ObituaryReader start(ConnectionSource connections, Consumer<String> members) {
        ObituaryReader reader = new ObituaryReader(connections, members);
        reader.thread.setDaemon(true);
        reader.thread.start();
        return reader;
    }

    private void run() {
        try {
            while (!closed.await(0, TimeUnit.MILLISECONDS)) {
                try (var connection = connections.open()) {
                    listen(connection);
                } catch (SQLException lost) {
                    LOG.debug("no obituaries for now: {}", lost.getMessage());
                    closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("listen " + Obituaries.CHANNEL);
        }
        PGConnection source = connection.unwrap(PGConnection.class);
        while (closed.getCount() > 0) {
            PGNotification[] heard = source.getNotifications((int) LOOK.toMillis());
            if (heard != null) {
                for (PGNotification one : heard) {
                    members.accept(one.getParameter());
                }
            } else if (!connection.isValid((int) LOOK.toSeconds())) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
