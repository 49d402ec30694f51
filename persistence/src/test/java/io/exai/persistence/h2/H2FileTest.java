package io.exai.persistence.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exai.persistence.H2Settings;
import io.exai.persistence.database.Database;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@link H2File} and {@link H2Housekeeper}; {@link H2KillTest} has the other process. */
final class H2FileTest {
    @TempDir
    private Path folder;

    @Test
    void makesTheDirectoryAndKeepsOthersOut() {
        var data = folder.resolve("a/b");
        try (var file = H2File.open(data, settings(20))) {
            assertThat(file.url()).contains(data.toString());
            assertThatThrownBy(() -> H2File.open(data, settings(20)))
                    .isInstanceOf(DataDirectoryInUse.class)
                    .hasMessage("data directory " + data + " is in use by another process");
        }
        H2File.open(data, settings(20)).close();
    }

    @Test
    void namesADirectoryThatCannotBeMade() throws Exception {
        var data = Files.createFile(folder.resolve("occupied")).resolve("data");
        assertThatThrownBy(() -> H2File.open(data, settings(20)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(data + ": not usable");
    }

    @Test
    void rewritesTheFileWhenItStops() throws Exception {
        var file = H2File.open(folder, settings(20));
        write(file, 500);
        var before = Files.size(file.path());
        assertThat(file.compactAndClose()).isTrue();
        assertThat(Files.size(file.path())).isLessThan(before / 4);
        H2File.open(folder, settings(20)).close();
    }

    @Test
    void stopsAtOnceWhenThereIsNothingToRewrite() {
        assertThat(H2File.open(folder, settings(20)).compactAndClose()).isTrue();
        assertThat(H2File.open(folder, settings(0)).compactAndClose()).isTrue();
    }

    @Test
    void stillLetsOthersInWhenTheFileCannotBeRewritten() throws Exception {
        var file = H2File.open(folder, settings(20));
        Files.writeString(file.path(), "not a database");
        assertThat(file.compactAndClose()).isTrue();
        H2File.open(folder, settings(20)).close();
    }

    @Test
    void givesBackSpaceWhileTheFileIsOpen() throws Exception {
        var file = H2File.open(folder, settings(20));
        var kit = ActorTestKit.create();
        try (var keepOpen = DriverManager.getConnection(file.url(), "sa", "")) {
            var database = new Database(() -> DriverManager.getConnection(file.url(), "sa", ""), Runnable::run);
            write(file, 3000);
            var running = RunningFile.of(keepOpen);
            assertThat(running.dead()).isGreaterThan(1 << 20);
            kit.spawn(H2Housekeeper.create(database, settings(20)));
            TestProbe.create(kit.system()).awaitAssert(Duration.ofSeconds(20), () -> {
                assertThat(running.dead()).isLessThan(1 << 20);
                return true;
            });
        } finally {
            kit.shutdownTestKit();
        }
        file.close();
    }

    @Test
    void housekeeperStopsWhenThereIsNoFile() {
        var kit = ActorTestKit.create();
        var database = new Database(
                () -> {
                    throw new SQLException("away");
                },
                Runnable::run);
        var housekeeper = kit.spawn(H2Housekeeper.create(database, settings(20)));
        TestProbe.create(kit.system()).expectTerminated(housekeeper, Duration.ofSeconds(10));
        kit.shutdownTestKit();
    }

    @Test
    void compactsInStepsOfAboutTheSameTime() {
        var pace = CompactionPace.of(Duration.ofMillis(20));
        assertThat(pace.after(Duration.ofMillis(40)).bytes()).isEqualTo(pace.bytes() / 2);
        assertThat(pace.after(Duration.ofMillis(15))).isEqualTo(pace);
        assertThat(pace.after(Duration.ofMillis(5)).bytes()).isEqualTo(pace.bytes() * 2);
    }

    @Test
    void leavesTheFileAsItIsWhenTimeIsOver() throws Exception {
        var second = Duration.ofSeconds(1);
        var file = H2File.open(folder, new H2Settings(4, 16, 1, second, Duration.ofMillis(20), Duration.ofMillis(1)));
        write(file, 500);
        assertThat(file.compactAndClose()).isFalse();
        assertThatThrownBy(() -> H2File.open(folder, settings(20))).isInstanceOf(DataDirectoryInUse.class);
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("exai-h2-compaction")) {
                thread.join(20_000);
            }
        }
        file.close();
    }

    private static void write(H2File file, int commits) throws SQLException {
        try (var connection = DriverManager.getConnection(file.url(), "sa", "");
                var statement = connection.createStatement()) {
            statement.execute("create table t (n identity primary key, text varchar)");
            for (int i = 0; i < commits; i++) {
                statement.execute("insert into t (text) values ('" + "x".repeat(300) + "')");
            }
        }
    }

    private static H2Settings settings(int secondsOnStop) {
        var interval = Duration.ofMillis(100);
        return new H2Settings(4, 16, 1, interval, Duration.ofMillis(20), Duration.ofSeconds(secondsOnStop));
    }
}
