package io.exai.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.database.Database;
import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.database.SqlWork;
import io.exai.persistence.postgres.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
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

    /** A transaction of several statements would have its BEGIN and its COMMIT in the server's log. */
    @Test
    void writesAnEventAsOneStatement() throws Exception {
        sql(
                "do $$ begin execute format('alter database %I set log_statement = %L', current_database(), 'all'); end $$");
        ActorSystem<?> system = Journals.start(settings());
        try {
            var tally = system.systemActorOf(Tally.create("logged", 0), "logged", Props.empty());
            add(system, tally);
            var before = logged().size();
            for (int i = 0; i < 10; i++) {
                add(system, tally);
            }
            assertThat(logged().stream().skip(before))
                    .hasSize(10)
                    .allMatch(line -> line.contains(": INSERT INTO event_journal"));
        } finally {
            Journals.stop(system);
        }
    }

    private static void add(ActorSystem<?> system, ActorRef<Tally.Command> tally) {
        CompletionStage<Tally.Count> added = AskPattern.ask(
                tally, replyTo -> new Tally.Add("event", replyTo), Duration.ofSeconds(20), system.scheduler());
        assertThat(added).succeedsWithin(Duration.ofSeconds(30));
    }

    /** Statements in this database, the only one where they are logged, without those of a connection's start. */
    private List<String> logged() throws SQLException {
        var log = sql("select pg_read_file(current_setting('data_directory') || '/../log')");
        return log.lines()
                .filter(line -> line.matches(".*LOG:  (execute|statement).*"))
                .filter(line -> !line.contains(": SET ") && !line.contains("pg_read_file"))
                .toList();
    }

    private String sql(String text) throws SQLException {
        try (var connection = address.connect();
                var statement = connection.createStatement()) {
            if (!statement.execute(text)) {
                return "";
            }
            var rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    PersistenceSettings settings() {
        return Journals.postgres(address);
    }
}
