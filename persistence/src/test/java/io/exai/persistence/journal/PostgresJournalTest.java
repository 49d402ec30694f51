package io.exai.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.database.Database;
import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.database.SqlWork;
import io.exai.persistence.postgres.PostgresServer;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, held by PostgreSQL. */
@ExtendWith(PostgresServer.class)
final class PostgresJournalTest extends JournalContract {
    private final JdbcAddress address;

    PostgresJournalTest(JdbcAddress address) {
        this.address = address;
    }

    /** Else the rows of a node that freezes within a transaction stay locked, and nobody can go on with its sessions. */
    @Test
    void givesUpATransactionThatDoesNotGoOn() throws Exception {
        ActorSystem<?> system = Journals.start(settings());
        try {
            SqlWork<String> ask = connection -> {
                var rows = connection.createStatement().executeQuery("SHOW idle_in_transaction_session_timeout");
                rows.next();
                return rows.getString(1);
            };
            assertThat(Database.of(system).transact(ask))
                    .succeedsWithin(Duration.ofSeconds(30))
                    .isEqualTo("4s");
        } finally {
            Journals.stop(system);
        }
    }

    @Override
    PersistenceSettings settings() {
        return Journals.postgres(address);
    }
}
