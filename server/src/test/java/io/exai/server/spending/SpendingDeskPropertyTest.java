package io.exai.server.spending;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.usage.UsageEntry;
import io.exai.persistence.usage.UsageTotals;
import io.exai.server.spending.DeskCommand.LookDue;
import io.exai.server.spending.DeskCommand.SweepDue;
import io.exai.server.spending.DeskCommand.WriteDue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever order of calls, failures and looks: what is known to be spent is the sum of what was recorded. */
class SpendingDeskPropertyTest {
    private static final int STEPS = 400;

    private final DeskFixture fixture = new DeskFixture("daily.stop = 1");
    private final Map<String, UsageEntry> recorded = new HashMap<>();
    private final Map<String, UsageEntry> elsewhere = new HashMap<>();

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void knowsItsOwnCallsAtEveryMomentAndThoseOfOthersInTheEnd(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            step(random, false);
            assertThat(fixture.spent("own")).as("step %d", step).isEqualTo(cost(recorded));
        }
        finish();
        assertThat(fixture.spent("other")).isEqualTo(cost(elsewhere));
        assertThat(fixture.spent("own")).isEqualTo(cost(recorded));
        assertThat(fixture.store.kept).containsAllEntriesOf(recorded).hasSize(recorded.size() + elsewhere.size());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void countsWhatIsRecordedAgainOnceInTheEnd(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            step(random, true);
            assertThat(fixture.spent("own")).as("step %d", step).isGreaterThanOrEqualTo(cost(recorded));
        }
        finish();
        assertThat(fixture.spent("own")).isEqualTo(cost(recorded));
        assertThat(fixture.board.read(Calls.NOW).all().costNanos()).isEqualTo(cost(recorded) + cost(elsewhere));
    }

    private void step(Random random, boolean duplicates) {
        switch (random.nextInt(duplicates ? 9 : 8)) {
            case 0, 1, 2 -> record(Calls.of("own " + recorded.size(), "own", random.nextInt(1000)));
            case 3 -> fixture.run(new WriteDue());
            case 4 -> fixture.run(random.nextInt(8) == 0 ? new SweepDue() : new LookDue());
            case 5 -> reply(random);
            case 6 -> reply(random);
            case 7 -> spendElsewhere(random);
            default -> recordAgain(random);
        }
    }

    private void record(UsageEntry entry) {
        recorded.putIfAbsent(entry.id(), entry);
        fixture.add(entry);
    }

    private void recordAgain(Random random) {
        List<UsageEntry> known = new ArrayList<>(recorded.values());
        if (!known.isEmpty()) {
            record(known.get(random.nextInt(known.size())));
        }
    }

    private void spendElsewhere(Random random) {
        UsageEntry entry = Calls.of("other " + elsewhere.size(), "other", random.nextInt(1000));
        elsewhere.put(entry.id(), entry);
        fixture.store.kept.put(entry.id(), entry);
    }

    private void reply(Random random) {
        if (fixture.store.asked().isEmpty()) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> fixture.store.fail();
            case 1 -> fixture.store.loseAnswer();
            default -> fixture.store.answer();
        }
        fixture.settle();
    }

    /** The database is well again, and all timers have fired. */
    private void finish() {
        for (int round = 0; round < 20; round++) {
            answerAll();
            fixture.run(new WriteDue());
        }
        answerAll();
        fixture.board.read(Calls.NOW);
        fixture.run(new LookDue());
        answerAll();
    }

    private void answerAll() {
        while (!fixture.store.asked().isEmpty()) {
            fixture.answer();
        }
    }

    private static long cost(Map<String, UsageEntry> entries) {
        return entries.values().stream()
                .map(UsageEntry::totals)
                .reduce(UsageTotals.NONE, UsageTotals::plus)
                .costNanos();
    }
}
