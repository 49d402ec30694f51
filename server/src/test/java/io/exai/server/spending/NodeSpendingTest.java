package io.exai.server.spending;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.persistence.database.Database;
import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.fixture.TestClock;
import io.exai.persistence.schema.Dialect;
import io.exai.persistence.schema.Schema;
import io.exai.persistence.usage.JdbcUsageStore;
import io.exai.persistence.usage.UsageStore;
import io.exai.persistence.usage.UsageTotals;
import io.exai.server.setting.BudgetSettings;
import io.exai.server.setting.Settings;
import io.exai.server.spending.budget.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spending of nodes, on a database that they share. */
class NodeSpendingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock(Calls.NOW);
    private final ActorTestKit one = kit();
    private final ActorTestKit other = kit();
    private final TestProbe<Object> probe = one.createTestProbe();
    private UsageStore store;

    @BeforeEach
    void makeTables() throws Exception {
        JdbcAddress address = new JdbcAddress("jdbc:h2:file:" + folder.resolve("exai") + ";DB_CLOSE_DELAY=3", "sa", "");
        new Schema(Dialect.H2, Clock.systemUTC()).apply(address::connect);
        store = new JdbcUsageStore(new Database(address::connect, one.system().executionContext()), Dialect.H2);
    }

    @AfterEach
    void stop() {
        one.shutdownTestKit();
        other.shutdownTestKit();
    }

    @Test
    void stopsAPrincipalOnAllNodesUntilMidnight() throws Exception {
        NodeSpending here = start(one);
        NodeSpending there = start(other);
        assertThat(here.verdict("alice")).isEqualTo(new Verdict.Fine());
        here.record(Calls.of("1", "alice", 5_000_000_000L));
        probe.awaitAssert(PATIENCE, () -> {
            assertThat(here.verdict("alice")).isInstanceOf(Verdict.Stopped.class);
            assertThat(there.verdict("alice")).isInstanceOf(Verdict.Stopped.class);
            return true;
        });
        assertThat(there.verdict("bob")).isEqualTo(new Verdict.Fine());
        assertThat(there.figures().of("alice").costNanos()).isEqualTo(5_000_000_000L);
        clock.advance(Duration.ofHours(12));
        assertThat(here.verdict("alice")).isEqualTo(new Verdict.Fine());
        assertThat(here.figures().principals()).isEmpty();
        end(here);
        end(there);
    }

    @Test
    void hasWrittenWhatWasRecordedWhenItHasStopped() throws Exception {
        NodeSpending spending = start(one);
        for (int number = 0; number < 1_000; number++) {
            spending.record(Calls.of("id " + number, "alice", 2));
        }
        end(spending);
        assertThat(store.spent(Instant.EPOCH).toCompletableFuture().get(20, TimeUnit.SECONDS))
                .extractingByKey("alice")
                .extracting(UsageTotals::costNanos)
                .isEqualTo(2_000L);
    }

    @Test
    void costsNothingWithoutADesk() {
        Spending none = Spending.none();
        none.record(Calls.of("1", "alice", 5));
        assertThat(none.verdict("alice")).isEqualTo(new Verdict.Fine());
        assertThat(none.figures().principals()).isEmpty();
    }

    private static ActorTestKit kit() {
        return ActorTestKit.create(ConfigFactory.parseString("pekko.actor.provider = local"));
    }

    private NodeSpending start(ActorTestKit node) {
        BudgetSettings settings = Settings.load(
                        null, ConfigFactory.parseString("exai.budget { refresh = 100ms, principals.alice.stop = 5 }"))
                .budget();
        return NodeSpending.start(node.system(), store, settings, clock);
    }

    private static void end(NodeSpending spending) throws Exception {
        spending.stop().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
