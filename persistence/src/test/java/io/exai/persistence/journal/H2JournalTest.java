package io.exai.persistence.journal;

import io.exai.persistence.PersistenceSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, held by an H2 file. */
final class H2JournalTest extends JournalContract {
    @TempDir
    private Path folder;

    @Override
    PersistenceSettings settings() {
        return Journals.h2(folder);
    }
}
