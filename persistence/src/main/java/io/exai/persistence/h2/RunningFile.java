package io.exai.persistence.h2;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * The storage under an open H2 database. Commits append chunks of which little stays alive; compacting copies what lives
 * in the emptiest chunks into new ones, through the same log, and so gives the space back to later commits.
 */
final class RunningFile {
    private final MVStore store;

    private RunningFile(MVStore store) {
        this.store = store;
    }

    static RunningFile of(Connection connection) throws SQLException {
        var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return new RunningFile(session.getDatabase().getStore().getMvStore());
    }

    /** How many bytes nobody can read any more, though their chunk cannot be reused yet. */
    long dead() {
        var file = store.getFileStore();
        return file.size() * file.getFillRate() / 100 * (100 - file.getChunksFillRate()) / 100;
    }

    boolean isClosed() {
        return store.isClosed();
    }

    /**
     * Copies about {@code bytes}, during which no commit happens.
     *
     * @param fillRate do nothing when at least this percentage of the chunks is alive
     * @return whether anything was copied
     */
    boolean compact(int fillRate, int bytes) {
        var copied = store.compact(fillRate, bytes);
        if (copied) {
            store.commit(); // the copies; only then are the originals free
        }
        return copied;
    }
}
