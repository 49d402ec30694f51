package io.exai.persistence.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.exai.persistence.database.Database;
import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.postgres.PostgresServer;
import io.exai.persistence.schema.Dialect;
import io.exai.persistence.schema.Schema;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.class)
class RowLeaseTest {
    private static final Config SETTINGS = ConfigFactory.parseString(
            "heartbeat-interval = 200ms, heartbeat-timeout = 1200ms, lease-operation-timeout = 5s");

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private Database database;

    @BeforeEach
    void create(JdbcAddress address) throws Exception {
        new Schema(Dialect.POSTGRES, Clock.systemUTC()).apply(address::connect);
        database = new Database(address::connect, threads);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void isHadByOneAndRefusedToTheOtherWhileThatOneLives() throws Exception {
        RowLease one = lease("one");
        RowLease other = lease("other");

        assertThat(soon(one.acquire())).isTrue();
        assertThat(soon(one.acquire())).isTrue();
        assertThat(soon(other.acquire())).isFalse();
        assertThat(one.checkLease()).isTrue();
        assertThat(other.checkLease()).isFalse();
    }

    @Test
    void isFreeWhenItIsGivenBack() throws Exception {
        RowLease one = lease("one");
        RowLease other = lease("other");

        assertThat(soon(one.acquire())).isTrue();
        assertThat(soon(other.release())).isTrue();
        assertThat(soon(other.acquire())).isFalse();
        assertThat(soon(one.release())).isTrue();
        assertThat(one.checkLease()).isFalse();
        assertThat(soon(other.acquire())).isTrue();
    }

    @Test
    void passesOnWhenItsHolderHasDied() throws Exception {
        assertThat(soon(row("dead").take())).isTrue();
        long begin = System.nanoTime();

        assertThat(soon(lease("heir").acquire())).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void outlivesItsFirstTermWhileItsHolderLives() throws Exception {
        RowLease one = lease("one");
        assertThat(soon(one.acquire())).isTrue();
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(soon(lease("other").acquire())).isFalse();
        }
        assertThat(one.checkLease()).isTrue();
    }

    private RowLease lease(String owner) {
        return new RowLease(LeaseSettings.apply(SETTINGS, "lease", owner), () -> row(owner), threads);
    }

    private LeaseRow row(String owner) {
        return new LeaseRow(database, "lease", owner, SETTINGS.getDuration("heartbeat-timeout"));
    }

    private static boolean soon(CompletionStage<Boolean> answer) throws Exception {
        return answer.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
