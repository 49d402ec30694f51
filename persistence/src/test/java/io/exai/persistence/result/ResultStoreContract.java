package io.exai.persistence.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.database.Database;
import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.schema.Dialect;
import io.exai.persistence.schema.Schema;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the result store promises, on every database. */
abstract class ResultStoreContract {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = NOW.plusSeconds(600);

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Database database;
    private final Dialect dialect;
    private final ResultStore store;

    ResultStoreContract(Dialect dialect, JdbcAddress address) throws SQLException {
        new Schema(dialect, Clock.systemUTC()).apply(address::connect);
        this.database = new Database(address::connect, threads);
        this.dialect = dialect;
        this.store = at(NOW);
    }

    private ResultStore at(Instant now) {
        return new JdbcResultStore(database, dialect, Clock.fixed(now, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void findsWhatIsKeptOfSeveralKeys() throws Exception {
        var one = new StoredResult("one", "{\"text\":\"\u00fc\"}", UNTIL);
        var two = new StoredResult("two", "{}", UNTIL);
        assertThat(await(store.keep(List.of(two, one)))).isEqualTo(2);
        assertThat(await(store.find(Set.of("one", "two", "three"))).values()).containsExactlyInAnyOrder(one, two);
        assertThat(await(store.find(Set.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 127, 128, 129})
    void findsAsManyAsAreAskedFor(int count) throws Exception {
        List<StoredResult> kept = new ArrayList<>();
        for (int number = 0; number <= count; number++) {
            kept.add(new StoredResult("key " + number, String.valueOf(number), UNTIL));
        }
        await(store.keep(kept));
        List<StoredResult> asked = kept.subList(0, count);
        assertThat(await(store.find(asked.stream().map(StoredResult::callKey).toList()))
                        .values())
                .containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void replacesAnEarlierResultOfTheKey() throws Exception {
        await(store.keep(List.of(new StoredResult("one", "old", UNTIL))));
        var later = new StoredResult("one", "new", UNTIL.plusSeconds(1));
        await(store.keep(List.of(new StoredResult("one", "passed over", UNTIL), later)));
        assertThat(await(store.find(Set.of("one"))).values()).containsExactly(later);
    }

    @Test
    void findsNothingThatIsTooOldAndRemovesIt() throws Exception {
        await(store.keep(
                List.of(new StoredResult("short", "s", UNTIL), new StoredResult("long", "l", UNTIL.plusSeconds(1)))));
        var later = at(UNTIL);
        assertThat(await(later.find(Set.of("short", "long")))).containsOnlyKeys("long");
        assertThat(await(later.removeOld())).isEqualTo(1);
        assertThat(await(store.find(Set.of("short", "long")))).containsOnlyKeys("long");
    }

    @Test
    void keepsNoAnswerThatIsTooLong() throws Exception {
        var longest = new StoredResult("longest", "x".repeat(ResultStore.MOST_BYTES), UNTIL);
        var longer = new StoredResult("longer", "x".repeat(ResultStore.MOST_BYTES + 1), UNTIL);
        assertThat(await(store.keep(List.of(longest, longer)))).isEqualTo(1);
        assertThat(await(store.find(Set.of("longest", "longer")))).containsOnlyKeys("longest");
    }

    @Test
    void tellsTheKeysThatBeginAlike() throws Exception {
        await(store.keep(List.of(
                new StoredResult("9f", "", UNTIL),
                new StoredResult("a9" + "f".repeat(62), "", UNTIL),
                new StoredResult("aa0", "", UNTIL),
                new StoredResult("aa9", "", UNTIL),
                new StoredResult("aaf", "", UNTIL),
                new StoredResult("aa" + "f".repeat(62), "", UNTIL),
                new StoredResult("aa1", "", NOW),
                new StoredResult("ab0", "", UNTIL))));
        assertThat(await(store.keys("aa", 10))).containsExactlyInAnyOrder("aa0", "aa9", "aaf", "aa" + "f".repeat(62));
        assertThat(await(store.keys("a9", 10))).containsExactly("a9" + "f".repeat(62));
        assertThat(await(store.keys("ac", 10))).isEmpty();
        assertThat(await(store.keys("aa", 3))).hasSize(3);
    }

    @Test
    void keepsEqualKeysFromManyAtOnce() throws Exception {
        var kept = new ArrayList<CompletionStage<Integer>>();
        for (int i = 0; i < 40; i++) {
            kept.add(store.keep(List.of(new StoredResult("a", "a" + i, UNTIL), new StoredResult("b", "b" + i, UNTIL))));
        }
        for (var each : kept) {
            assertThat(await(each)).isEqualTo(2);
        }
        assertThat(await(store.find(Set.of("a", "b")))).hasSize(2);
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
    }
}
