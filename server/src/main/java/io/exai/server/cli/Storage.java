package io.exai.server.cli;

import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.h2.H2File;
import io.exai.persistence.journal.JournalProfile;
import io.exai.persistence.schema.Dialect;
import io.exai.persistence.schema.Schema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The journal's tables, made ready before the daemon starts; and the embedded file, given back after it stopped. */
final class Storage implements AutoCloseable {
    private final @Nullable H2File file;

    private Storage(@Nullable H2File file) {
        this.file = file;
    }

    /**
     * Creates or upgrades the tables.
     *
     * @throws SQLException when the database does not answer
     */
    static Storage open(PersistenceSettings settings, Clock clock) throws SQLException {
        H2File file = settings.journal().equals("h2") ? H2File.open(Path.of(settings.dataDir()), settings.h2()) : null;
        try {
            schema(settings, clock).apply(new JournalProfile(settings).address()::connect);
        } catch (SQLException | RuntimeException failed) {
            if (file != null) {
                file.close();
            }
            throw failed;
        }
        return new Storage(file);
    }

    static Schema schema(PersistenceSettings settings, Clock clock) {
        return new Schema(Dialect.of(settings.journal()), clock);
    }

    /** Gives the embedded file back without touching it. */
    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }

    /** Makes the embedded file small and gives it back; the daemon must have stopped. */
    void compactAndClose() {
        if (file != null) {
            file.compactAndClose();
        }
    }
}
