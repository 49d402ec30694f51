package io.exai.persistence.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests {@link Database} and {@link JdbcJournalProbe}. */
final class DatabaseTest {
    private final JdbcAddress address =
            new JdbcAddress("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=9", "sa", "");
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Database database = new Database(address::connect, threads);

    @BeforeEach
    void createTable() throws Exception {
        run(connection -> connection.createStatement().execute("create table t (n int)"));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void commitsAllOrNothing() throws Exception {
        SqlWork<Integer> failing = connection -> {
            insert(connection);
            throw new SQLException("half way");
        };
        assertThatThrownBy(() -> await(database.transact(failing)))
                .hasRootCauseInstanceOf(SQLException.class)
                .hasMessageContaining("half way");
        await(database.transact(DatabaseTest::insert));
        assertThat(run(DatabaseTest::rows)).isEqualTo(1);
    }

    @Test
    void worksOnItsOwnThreads() throws Exception {
        var thread = run(connection -> Thread.currentThread().getName());
        assertThat(thread).isNotEqualTo(Thread.currentThread().getName());
        assertThat(database.executor()).isSameAs(threads);
    }

    @Test
    void probeFailsWithinItsBoundAndAsksOnlyOnce() throws Exception {
        var opened = new AtomicInteger();
        var release = new CountDownLatch(1);
        ConnectionSource stuck = () -> {
            opened.incrementAndGet();
            release.countDown();
            sleepUntilInterrupted();
            throw new SQLException("interrupted");
        };
        var probe = new JdbcJournalProbe(new Database(stuck, threads), Duration.ofMillis(50));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> await(probe.check())).hasCauseInstanceOf(TimeoutException.class);
        }
        assertThat(release.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(opened).hasValue(1);
    }

    @Test
    void probeFailsWhenTheDatabaseRefuses() {
        ConnectionSource away = () -> {
            throw new SQLException("away");
        };
        var probe = new JdbcJournalProbe(new Database(away, threads), Duration.ofSeconds(5));
        assertThatThrownBy(() -> await(probe.check())).hasRootCauseMessage("away");
        assertThatThrownBy(() -> await(probe.check())).hasRootCauseMessage("away");
    }

    private static void sleepUntilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T run(SqlWork<T> work) throws Exception {
        return await(database.run(work));
    }

    private static int insert(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate("insert into t values (1)");
        }
    }

    private static int rows(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from t")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
