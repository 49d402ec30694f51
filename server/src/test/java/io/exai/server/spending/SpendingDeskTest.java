package io.exai.server.spending;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.spending.DeskCommand.FlushPatienceOver;
import io.exai.server.spending.DeskCommand.LookDue;
import io.exai.server.spending.DeskCommand.Stop;
import io.exai.server.spending.DeskCommand.SweepDue;
import io.exai.server.spending.DeskCommand.WriteDue;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

/** How what calls cost is counted, written and looked up. */
class SpendingDeskTest {
    private final TestInbox<Done> leaver = TestInbox.create();

    @Test
    void countsAtOnceAndWritesSoonAndTogether() {
        DeskFixture fixture = DeskFixture.ready("");
        fixture.add(Calls.of("1", "alice", 3));
        fixture.add(Calls.of("2", "alice", 4));
        assertThat(fixture.spent("alice")).isEqualTo(7);
        assertThat(fixture.store.asked()).isEmpty();
        fixture.run(new WriteDue());
        fixture.answer();
        assertThat(fixture.store.batches).containsExactly(2);
        assertThat(fixture.spent("alice")).isEqualTo(7);
    }

    @Test
    void writesAtOnceWhenManyWait() {
        DeskFixture fixture = DeskFixture.ready("");
        for (int number = 0; number < SpendingDesk.MOST_WRITTEN_AT_ONCE + 1; number++) {
            fixture.add(Calls.of("id " + number, "alice", 1));
        }
        assertThat(fixture.store.batches).containsExactly(SpendingDesk.MOST_WRITTEN_AT_ONCE);
        fixture.answer();
        fixture.run(new WriteDue());
        assertThat(fixture.store.batches).containsExactly(SpendingDesk.MOST_WRITTEN_AT_ONCE, 1);
    }

    @Test
    void countsAnIdOnce() {
        DeskFixture fixture = DeskFixture.ready("");
        fixture.add(Calls.of("1", "alice", 3));
        fixture.add(Calls.of("1", "alice", 3));
        assertThat(fixture.spent("alice")).isEqualTo(3);
    }

    @Test
    void startsWithWhatTheDatabaseKnowsOfToday() {
        DeskFixture fixture = new DeskFixture("");
        fixture.store.kept.put("old", Calls.at(Instant.parse("2025-12-31T23:59:59Z"), "old", "alice", 50));
        fixture.store.kept.put("new", Calls.at(Instant.parse("2026-01-01T00:00:00Z"), "new", "alice", 5));
        fixture.add(Calls.of("1", "alice", 3));
        assertThat(fixture.spent("alice")).isEqualTo(3);
        fixture.answer();
        assertThat(fixture.spent("alice")).isEqualTo(8);
    }

    @Test
    void looksAgainWhenSomebodyAskedOrRecorded() {
        DeskFixture fixture = DeskFixture.ready("daily.stop = 1");
        fixture.run(new LookDue());
        assertThat(fixture.store.asked()).isEmpty();
        fixture.board.read(fixture.clock.instant());
        fixture.run(new LookDue());
        assertThat(fixture.store.asked()).containsExactly("spent");
        fixture.answer();
        fixture.add(Calls.of("1", "alice", 3));
        fixture.run(new LookDue());
        assertThat(fixture.store.asked()).containsExactly("spent");
    }

    @Test
    void doesNotLookWhenNobodyHasABudgetAndNobodyAsks() {
        DeskFixture fixture = DeskFixture.ready("");
        fixture.add(Calls.of("1", "alice", 3));
        fixture.run(new LookDue());
        assertThat(fixture.store.asked()).isEmpty();
    }

    @Test
    void restsAfterALongLook() {
        DeskFixture fixture = new DeskFixture("");
        fixture.clock.advance(Duration.ofSeconds(3));
        fixture.answer();
        assertThat(fixture.rest()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void restsNoLongerThanItsRefreshAfterAShortLook() {
        assertThat(DeskFixture.ready("refresh = 7s").rest()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void beginsANewDayWithNothing() {
        DeskFixture fixture = DeskFixture.ready("daily.stop = 1");
        fixture.add(Calls.of("1", "alice", 3));
        fixture.clock.advance(Duration.ofHours(12));
        assertThat(fixture.spent("alice")).isZero();
        fixture.add(Calls.at(fixture.clock.instant(), "2", "alice", 4));
        fixture.add(Calls.at(fixture.clock.instant().minusNanos(1), "late", "alice", 100));
        assertThat(fixture.spent("alice")).isEqualTo(4);
        fixture.run(new WriteDue());
        fixture.answer();
        fixture.run(new LookDue());
        fixture.answer();
        assertThat(fixture.spent("alice")).isEqualTo(4);
        assertThat(fixture.store.kept).containsOnlyKeys("1", "2", "late");
    }

    @Test
    void writesAgainWhatFailedAndLooksAtNothingMeanwhile() {
        DeskFixture fixture = DeskFixture.ready("daily.stop = 1");
        fixture.add(Calls.of("1", "alice", 3));
        fixture.run(new WriteDue());
        fixture.store.loseAnswer();
        fixture.settle();
        fixture.run(new LookDue());
        assertThat(fixture.store.asked()).isEmpty();
        assertThat(fixture.spent("alice")).isEqualTo(3);
        fixture.run(new WriteDue());
        fixture.answer();
        assertThat(fixture.store.asked()).containsExactly("spent");
        fixture.answer();
        assertThat(fixture.spent("alice")).isEqualTo(3);
    }

    @Test
    void saysOnceThatItCannotWrite() {
        DeskFixture fixture = DeskFixture.ready("");
        fixture.add(Calls.of("1", "alice", 3));
        for (int times = 0; times < 3; times++) {
            fixture.run(new WriteDue());
            fixture.fail();
        }
        assertThat(fixture.warnings()).containsExactly("usage of calls: not written, tried again until it is: away");
    }

    @Test
    void dropsTheOldestOfTooManyAndCountsThemAllTheSame() {
        DeskFixture fixture = DeskFixture.ready("");
        fixture.add(Calls.of("first", "alice", 3));
        fixture.run(new WriteDue());
        fixture.fail();
        for (int number = 0; number < SpendingDesk.MOST_UNWRITTEN + 1; number++) {
            fixture.desk.run(new DeskCommand.Add(Calls.of("id " + number, "alice", 1)));
        }
        fixture.settle();
        assertThat(fixture.spent("alice")).isEqualTo(SpendingDesk.MOST_UNWRITTEN + 4);
        fixture.run(new WriteDue());
        fixture.answer();
        assertThat(fixture.store.kept.keySet()).first().isEqualTo("id 1");
        assertThat(fixture.warnings())
                .containsExactly(
                        "usage of calls: not written, tried again until it is: away",
                        "usage of calls: more than 50000 wait to be written, the oldest are dropped",
                        "usage of calls: 2 are not in the database, and in no report");
    }

    @Test
    void warnsOfEachLimitOnceADay() {
        DeskFixture fixture = DeskFixture.ready("principals.alice { warn = 1, stop = 2 }");
        fixture.add(Calls.of("1", "alice", 1_100_000_000));
        fixture.add(Calls.of("2", "alice", 100_000_000));
        assertThat(fixture.warnings())
                .containsExactly("budget principals.alice.warn: 1.10 USD of 1.00 USD spent today");
        fixture.clock.advance(Duration.ofDays(1));
        fixture.add(Calls.at(fixture.clock.instant(), "3", "alice", 1_500_000_000));
        assertThat(fixture.warnings())
                .last()
                .isEqualTo("budget principals.alice.warn: 1.50 USD of 1.00 USD spent today");
    }

    @Test
    void removesWhatIsTooOld() {
        DeskFixture fixture = DeskFixture.ready("keep = 10d");
        fixture.run(new SweepDue());
        assertThat(fixture.store.removals).containsExactly(Instant.parse("2025-12-22T12:00:00Z"));
        fixture.fail();
        fixture.run(new SweepDue());
        assertThat(fixture.store.removals).hasSize(2);
    }

    @Test
    void writesAllOfItBeforeItStops() {
        DeskFixture fixture = DeskFixture.ready("");
        for (int number = 0; number < 450; number++) {
            fixture.add(Calls.of("id " + number, "alice", 1));
        }
        fixture.run(new Stop(leaver.getRef()));
        assertThat(leaver.hasMessages()).isFalse();
        fixture.answer();
        fixture.fail();
        fixture.run(new WriteDue());
        fixture.answer();
        fixture.answer();
        leaver.expectMessage(Done.done());
        assertThat(fixture.store.kept).hasSize(450);
        assertThat(fixture.desk.isAlive()).isFalse();
    }

    @Test
    void stopsInTimeThoughTheDatabaseSaysNothing() {
        DeskFixture fixture = DeskFixture.ready("");
        fixture.add(Calls.of("1", "alice", 3));
        fixture.run(new Stop(leaver.getRef()));
        fixture.run(new FlushPatienceOver());
        leaver.expectMessage(Done.done());
        assertThat(fixture.warnings()).containsExactly("usage of calls: 1 are not in the database, and in no report");
    }
}
