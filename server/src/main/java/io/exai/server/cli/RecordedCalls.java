package io.exai.server.cli;

import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.database.Database;
import io.exai.persistence.h2.DataDirectoryInUse;
import io.exai.persistence.h2.H2File;
import io.exai.persistence.journal.JournalProfile;
import io.exai.persistence.schema.Dialect;
import io.exai.persistence.usage.JdbcUsageStore;
import io.exai.persistence.usage.UsageStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** What calls cost, read from the journal's database without a daemon and without touching its tables. */
final class RecordedCalls {
    /** How H2 and PostgreSQL say that a table is not there. */
    private static final Set<String> NO_TABLE = Set.of("42S02", "42S03", "42S04", "42P01");

    private RecordedCalls() {}

    /** Answers a question on the calling thread; fails with a message that says what to do. */
    static <T> T ask(PersistenceSettings settings, Function<UsageStore, CompletionStage<T>> question) throws Exception {
        if (!settings.journal().equals("h2")) {
            return answer(settings, question);
        }
        Path folder = Path.of(settings.dataDir()).toAbsolutePath().normalize();
        if (!Files.exists(folder.resolve("exai.mv.db"))) {
            throw new IllegalStateException(
                    "data directory " + folder + ": no journal there (see: exai.persistence.data-dir)");
        }
        H2File file = hold(folder, settings);
        try {
            return answer(settings, question);
        } finally {
            file.close();
        }
    }

    private static H2File hold(Path folder, PersistenceSettings settings) {
        try {
            return H2File.open(folder, settings.h2());
        } catch (DataDirectoryInUse used) {
            throw new IllegalStateException(
                    used.getMessage() + ": ask the daemon that uses it, by exai call status, or stop it first", used);
        }
    }

    private static <T> T answer(PersistenceSettings settings, Function<UsageStore, CompletionStage<T>> question)
            throws Exception {
        Database database = new Database(new JournalProfile(settings).address()::connect, Runnable::run);
        try {
            return question.apply(new JdbcUsageStore(database, Dialect.of(settings.journal())))
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException failed) {
            if (Failures.root(failed) instanceof SQLException sql && NO_TABLE.contains(sql.getSQLState())) {
                throw new IllegalStateException(
                        "journal " + settings.journal() + ": no table of usage yet; exai schema makes it", failed);
            }
            throw failed;
        }
    }
}
