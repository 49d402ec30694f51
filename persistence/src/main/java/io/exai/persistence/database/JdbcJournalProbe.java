package io.exai.persistence.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Asks through the pool of the journal, so an exhausted pool is as bad as a dead server; one question at a time. */
public final class JdbcJournalProbe implements JournalProbe {
    private final Database database;
    private final Duration bound;
    private CompletableFuture<Boolean> question = CompletableFuture.completedFuture(true);

    /** Answers within {@code bound}, whatever the database does. */
    public JdbcJournalProbe(Database database, Duration bound) {
        this.database = database;
        this.bound = bound;
    }

    @Override
    public CompletionStage<Void> check() {
        return pending()
                .copy()
                .orTimeout(bound.toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(answer -> {});
    }

    /** A question that is still open is not asked again: its thread may hang in a dead connection. */
    private synchronized CompletableFuture<Boolean> pending() {
        if (question.isDone()) {
            question = database.run(this::select).toCompletableFuture();
        }
        return question;
    }

    private boolean select(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout(Math.max(1, (int) bound.toSeconds()));
            return statement.execute("select 1");
        }
    }
}
