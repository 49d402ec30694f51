package io.exai.persistence.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.database.Database;
import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.schema.Dialect;
import io.exai.persistence.schema.Schema;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the usage store promises, on every database. */
abstract class UsageStoreContract {
    private static final Instant DAY = Instant.parse("2026-01-02T00:00:00Z");
    private static final Instant NEXT_DAY = Instant.parse("2026-01-03T00:00:00Z");

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final UsageStore store;

    UsageStoreContract(Dialect dialect, JdbcAddress address) throws SQLException {
        new Schema(dialect, Clock.systemUTC()).apply(address::connect);
        this.store = new JdbcUsageStore(new Database(address::connect, threads), dialect);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void tellsWhatEachPrincipalHasSpentSince() throws Exception {
        await(store.add(List.of(
                call("1", DAY.minusNanos(1), "alice", "chat", "kimi", "k2", 1_000),
                call("2", DAY, "alice", "chat", "kimi", "k2", 20),
                call("3", DAY.plusSeconds(1), "alice", "chat", "glm", "air", 3),
                call("4", NEXT_DAY, "bob", "chat", "glm", "air", 400))));
        assertThat(await(store.spent(DAY)))
                .containsOnlyKeys("alice", "bob")
                .containsEntry("alice", new UsageTotals(2, 200, 20, 10, 23))
                .containsEntry("bob", new UsageTotals(1, 100, 10, 5, 400));
        assertThat(await(store.spent(NEXT_DAY.plusSeconds(1)))).isEmpty();
    }

    @Test
    void countsAnIdOnceHoweverOftenItIsAdded() throws Exception {
        var first = call("1", DAY, "alice", "chat", "kimi", "k2", 7);
        var again = call("1", DAY, "alice", "chat", "kimi", "k2", 9);
        await(store.add(List.of(first, again)));
        await(store.add(List.of(again)));
        await(store.add(List.of()));
        assertThat(await(store.spent(DAY))).containsOnlyKeys("alice").containsEntry("alice", first.totals());
    }

    @Test
    void addsEqualIdsFromManyAtOnce() throws Exception {
        var added = new ArrayList<CompletionStage<Void>>();
        for (int round = 0; round < 40; round++) {
            added.add(store.add(List.of(
                    call("b", DAY, "alice", "chat", "kimi", "k2", 1),
                    call("own " + round, DAY, "alice", "chat", "kimi", "k2", 1),
                    call("a", DAY, "alice", "chat", "kimi", "k2", 1))));
        }
        for (var each : added) {
            await(each);
        }
        assertThat(spent(DAY)).isEqualTo(new UsageTotals(42, 4200, 420, 210, 42));
    }

    @Test
    void sumsUpByEachGrouping() throws Exception {
        await(store.add(List.of(
                call("1", DAY.minusNanos(1), "alice", "chat", "kimi", "k2", 1),
                call("2", DAY, "alice", "chat", "kimi", "k2", 2),
                call("3", NEXT_DAY.minusNanos(1), "bob", "debug", "kimi", "k2", 4),
                call("4", NEXT_DAY, "bob", "debug", "glm", "air", 8),
                call("5", NEXT_DAY.plusSeconds(86_400), "eve", "chat", "glm", "air", 16))));
        assertThat(costs(Grouping.DAY)).containsExactly("2026-01-01 1", "2026-01-02 6", "2026-01-03 8");
        assertThat(costs(Grouping.PRINCIPAL)).containsExactly("bob 12", "alice 3");
        assertThat(costs(Grouping.TOOL)).containsExactly("debug 12", "chat 3");
        assertThat(costs(Grouping.MODEL)).containsExactly("glm/air 8", "kimi/k2 7");
        assertThat(costs(Grouping.SESSION)).containsExactly("session of bob 12", "session of alice 3");
    }

    @Test
    void tellsHowToolsUsedModels() throws Exception {
        await(store.add(List.of(
                tokens("1", 100, 50, 7),
                tokens("2", 3_000, 0, 5),
                tokens("3", 20, 0, 900),
                call("4", DAY, "alice", "debug", "glm", "air", 8),
                call("5", NEXT_DAY, "alice", "debug", "glm", "air", 8))));
        assertThat(await(store.patterns(DAY, NEXT_DAY)))
                .containsExactly(
                        new UsagePattern("chat", "kimi", "k2", 3_000, 900, new UsageTotals(3, 3_120, 50, 912, 3)),
                        new UsagePattern("debug", "glm", "air", 100, 5, new UsageTotals(1, 100, 10, 5, 8)));
    }

    @Test
    void removesWhatIsOlder() throws Exception {
        await(store.add(List.of(
                call("1", DAY.minusSeconds(1), "alice", "chat", "kimi", "k2", 1),
                call("2", DAY, "alice", "chat", "kimi", "k2", 2))));
        assertThat(await(store.removeBefore(DAY))).isEqualTo(1);
        assertThat(await(store.removeBefore(DAY))).isZero();
        assertThat(spent(Instant.EPOCH).costNanos()).isEqualTo(2);
    }

    @Test
    void takesWhateverTexts() throws Exception {
        String odd = "\0" + "x".repeat(253) + "\ud83d\ude00";
        await(store.add(List.of(new UsageEntry(odd, DAY, odd, odd, odd, odd, odd, odd, 1, 1, 1, 1, 1, odd, 1, 1))));
        assertThat(await(store.spent(DAY))).containsOnlyKeys(" " + "x".repeat(253));
    }

    @Test
    void takesMoreThanFitsIntoOneStatement() throws Exception {
        List<UsageEntry> many = new ArrayList<>();
        for (int number = 0; number < 5_000; number++) {
            many.add(call("id " + number, DAY, "alice", "chat", "kimi", "k2", 1_000_000_000_000L));
        }
        await(store.add(many));
        assertThat(spent(DAY).costNanos()).isEqualTo(5_000_000_000_000_000L);
    }

    private UsageTotals spent(Instant from) throws Exception {
        return Objects.requireNonNull(await(store.spent(from)).get("alice"));
    }

    private List<String> costs(Grouping by) throws Exception {
        return await(store.totals(by, DAY.minusSeconds(86_400), NEXT_DAY.plusSeconds(86_400))).stream()
                .map(group -> group.name() + " " + group.totals().costNanos())
                .toList();
    }

    private static UsageEntry call(
            String id, Instant at, String principal, String tool, String provider, String model, long cost) {
        var session = "session of " + principal;
        return new UsageEntry(id, at, principal, session, tool, "", provider, model, 100, 10, 5, cost, 1, "ok", 9, 3);
    }

    private static UsageEntry tokens(String id, long input, long cached, long output) {
        return new UsageEntry(
                id, DAY, "alice", "s", "chat", "k2", "kimi", "k2", input, cached, output, 1, 1, "ok", 9, 3);
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
    }
}
