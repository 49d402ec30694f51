package io.exai.persistence.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.persistence.jdbc.db.SlickExtension;
import org.apache.pekko.persistence.jdbc.db.SlickExtensionImpl;

/** Blocking statements made asynchronous: each runs on one of a bounded number of threads, never on the caller's. */
public final class Database {
    /** For actors that block on the database. */
    public static final String DISPATCHER = "exai.persistence.blocking-dispatcher";

    private final ConnectionSource connections;
    private final Executor executor;

    public Database(ConnectionSource connections, Executor executor) {
        this.connections = connections;
        this.executor = executor;
    }

    /** The pool that the journal plugin of this system uses, and that is closed when the system terminates. */
    public static Database of(ActorSystem<?> system) {
        var slick = (SlickExtensionImpl) SlickExtension.get(system);
        var pool = slick.database(system.settings().config().getConfig("jdbc-journal"))
                .database()
                .source();
        return new Database(
                pool::createConnection, system.dispatchers().lookup(DispatcherSelector.fromConfig(DISPATCHER)));
    }

    /** Runs statements that each commit for themselves; fails with {@link SQLException}. */
    public <T> CompletionStage<T> run(SqlWork<T> work) {
        return CompletableFuture.supplyAsync(() -> now(work), executor);
    }

    /** Runs statements that commit together or, when one fails, not at all. */
    public <T> CompletionStage<T> transact(SqlWork<T> work) {
        return run(connection -> inTransaction(connection, work));
    }

    /** Runs anything else that blocks where statements run. */
    public Executor executor() {
        return executor;
    }

    private <T> T now(SqlWork<T> work) {
        try (var connection = connections.open()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static <T> T inTransaction(Connection connection, SqlWork<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            var result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
