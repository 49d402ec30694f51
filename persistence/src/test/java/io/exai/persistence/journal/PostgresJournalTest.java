package io.exai.persistence.journal;

import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.postgres.PostgresServer;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, held by PostgreSQL. */
@ExtendWith(PostgresServer.class)
final class PostgresJournalTest extends JournalContract {
    private final JdbcAddress address;

    PostgresJournalTest(JdbcAddress address) {
        this.address = address;
    }

    @Override
    PersistenceSettings settings() {
        return Journals.postgres(address);
    }
}
