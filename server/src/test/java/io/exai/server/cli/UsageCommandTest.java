package io.exai.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.persistence.PersistenceSettings;
import io.exai.persistence.database.Database;
import io.exai.persistence.h2.H2File;
import io.exai.persistence.journal.JournalProfile;
import io.exai.persistence.schema.Dialect;
import io.exai.persistence.usage.JdbcUsageStore;
import io.exai.persistence.usage.UsageEntry;
import io.exai.server.setting.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands tell that read recorded calls, and what they say when they cannot. */
class UsageCommandTest {
    @TempDir
    private Path folder;

    private Terminal terminal;

    @BeforeEach
    void open() {
        terminal = new Terminal(List.of("-D", "exai.persistence.data-dir=" + folder));
    }

    @Test
    void printsWhatCallsCost() throws Exception {
        record(entry("1", "alice", 1_000_000_000L), entry("2", "bob", 2_000_000_000L));
        assertThat(terminal.run("usage", "--since", "2024-01-01")).isZero();
        assertThat(terminal.lines())
                .containsExactly(
                        "principal  calls  input tokens  cached  output tokens   USD",
                        "bob            1           100      10              5  2.00",
                        "alice          1           100      10              5  1.00",
                        "all            2           200      20             10  3.00");
    }

    @ParameterizedTest
    @CsvSource({"session, the-session", "tool, chat", "model, sandbox/sandbox-1", "DAY, 2024-01-02"})
    void groupsAsItIsTold(String by, String name) throws Exception {
        record(entry("1", "alice", 1_000_000_000L));
        assertThat(terminal.run("usage", "--by", by, "--since", "2024-01-02", "--json"))
                .isZero();
        assertThat(terminal.out()).contains("\"name\" : \"" + name + "\"");
    }

    @Test
    void leavesOutWhatIsOlder() throws Exception {
        record(entry("1", "alice", 1_000_000_000L));
        assertThat(terminal.run("usage", "--since", "2024-01-03")).isZero();
        assertThat(terminal.lines()).singleElement().asString().startsWith("no calls were recorded since ");
    }

    @Test
    void advisesWhenThereIsNothingToCompare() throws Exception {
        record(entry("1", "alice", 1_000_000_000L));
        assertThat(terminal.run("advise", "--since", "2024-01-01")).isZero();
        assertThat(terminal.lines())
                .containsExactly(
                        "nothing to compare: no price of any model is known",
                        "not compared, as they cannot be asked any more: sandbox/sandbox-1");
        assertThat(terminal.run("advise", "--json")).isZero();
        assertThat(terminal.out()).contains("\"priced\" : false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage", "advise"})
    void sayWhatToDoWhileADaemonHasTheFile(String command) throws Exception {
        record(entry("1", "alice", 1));
        H2File held = H2File.open(folder, settings().h2());
        int status = terminal.run(command);
        held.close();
        assertThat(status).isEqualTo(1);
        assertThat(terminal.errors())
                .containsExactly("exai: data directory " + folder + " is in use by another process: ask the daemon that"
                        + " uses it, by exai call status, or stop it first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage", "advise"})
    void makeNothingWhereThereIsNoJournal(String command) {
        assertThat(terminal.run(command)).isEqualTo(1);
        assertThat(terminal.errors()).singleElement().asString().contains("no journal there");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysWhenTheTablesAreOlder() throws Exception {
        record(entry("1", "alice", 1));
        try (var connection = new JournalProfile(settings()).address().connect();
                var statement = connection.createStatement()) {
            statement.execute("drop table \"usage\"");
        }
        assertThat(terminal.run("usage")).isEqualTo(1);
        assertThat(terminal.errors()).containsExactly("exai: journal h2: no table of usage yet; exai schema makes it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage --since yesterday", "usage --by colour", "advise --since 7"})
    void refuseWhatTheyDoNotUnderstand(String line) {
        assertThat(terminal.run(line.split(" ", -1))).isEqualTo(2);
        assertThat(terminal.errors()).singleElement().asString().contains("--help");
    }

    private void record(UsageEntry... entries) throws Exception {
        PersistenceSettings settings = settings();
        Storage.open(settings, Clock.systemUTC()).close();
        Database database = new Database(new JournalProfile(settings).address()::connect, Runnable::run);
        new JdbcUsageStore(database, Dialect.H2)
                .add(List.of(entries))
                .toCompletableFuture()
                .get();
    }

    private PersistenceSettings settings() {
        return Settings.load(null, ConfigFactory.parseMap(Map.of("exai.persistence.data-dir", folder.toString())))
                .persistence();
    }

    private static UsageEntry entry(String id, String principal, long costNanos) {
        Instant at = Instant.parse("2024-01-02T12:00:00Z");
        return new UsageEntry(
                id,
                at,
                principal,
                "the-session",
                "chat",
                "",
                "sandbox",
                "sandbox-1",
                100,
                10,
                5,
                costNanos,
                1,
                "ok",
                9,
                3);
    }
}
