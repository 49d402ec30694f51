package io.exai.persistence.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exai.persistence.journal.JournalProfile;
import io.exai.persistence.journal.Journals;
import io.exai.persistence.journal.Tally;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after {@code kill -9}, also in the middle of housekeeping. */
final class H2KillTest {
    private static final int KILLS = Integer.getInteger("exai.kills", 4);
    private static final Duration ANSWER = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void losesNothingAcknowledgedWhenKilledWhileCompacting() throws Exception {
        var random = new Random(8079);
        var promised = new HashMap<String, Long>();
        var whileCompacting = 0;
        var compactions = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            var process = KilledProcess.startWriting(folder);
            process.kill(Duration.ofMillis(200 + random.nextInt(1000)));
            promised.putAll(process.acknowledged());
            whileCompacting += process.diedWhileCompacting() ? 1 : 0;
            compactions += process.compactions();
            assertThat(highestSequenceNumbers())
                    .as("after kill %d", kill)
                    .satisfies(written -> promised.forEach((id, acknowledged) ->
                            assertThat(written.getOrDefault(id, 0L)).as(id).isBetween(acknowledged, acknowledged + 1)));
        }
        var whileStopping = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            var process = KilledProcess.startStopping(folder);
            process.kill(Duration.ofMillis(random.nextInt(200)));
            whileStopping += process.diedWhileCompacting() ? 1 : 0;
        }
        promised.forEach(recovered()::expect);
        System.out.printf(
                "%d kills, %d of them inside one of %d compactions; %d more on a stop; %d events acknowledged, none lost%n",
                KILLS,
                whileCompacting,
                compactions,
                whileStopping,
                promised.values().stream().mapToLong(Long::longValue).sum());
        assertThat(compactions).isPositive();
    }

    @Test
    void keepsASecondProcessOutWithOneLine() throws Exception {
        var process = KilledProcess.startWriting(folder);
        assertThatThrownBy(() -> H2File.open(folder, Journals.h2(folder).h2()))
                .isInstanceOf(DataDirectoryInUse.class)
                .hasMessage("data directory " + folder + " is in use by another process");
        process.kill(Duration.ZERO);
        H2File.open(folder, Journals.h2(folder).h2()).close();
    }

    /** What the entities answer after recovery. */
    private record Recovered(Map<String, Tally.Count> counts) {
        void expect(String id, long acknowledged) {
            var count = counts.getOrDefault(id, new Tally.Count(0, "nothing"));
            // one more may have been written but not yet acknowledged
            assertThat(count.total()).as(id).isBetween(acknowledged, acknowledged + 1);
            assertThat(count.last()).isEqualTo(AcknowledgingWriter.event(id));
        }
    }

    private Map<String, Long> highestSequenceNumbers() throws SQLException {
        var numbers = new HashMap<String, Long>();
        var sql =
                "select \"persistence_id\", max(\"sequence_number\") from \"event_journal\" group by \"persistence_id\"";
        try (var connection = new JournalProfile(Journals.h2(folder)).address().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                numbers.put(rows.getString(1), rows.getLong(2));
            }
        }
        return numbers;
    }

    private Recovered recovered() throws Exception {
        var system = Journals.start(Journals.h2(folder));
        var counts = new HashMap<String, Tally.Count>();
        for (int i = 0; i < AcknowledgingWriter.ENTITIES; i++) {
            var id = "tally-" + i;
            var tally = system.systemActorOf(Tally.create(id, AcknowledgingWriter.SNAPSHOT_EVERY), id, Props.empty());
            var answer = AskPattern.ask(tally, Tally.Read::new, ANSWER, system.scheduler());
            counts.put(id, answer.toCompletableFuture().get(30, TimeUnit.SECONDS));
        }
        Journals.stop(system);
        return new Recovered(counts);
    }
}
