package io.exai.provider.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.fixture.Samples;
import io.exai.provider.quota.Share.Tick;
import io.exai.provider.quota.Share.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a share sends, and when it has nothing to give. */
class LeasedShareTest {
    private static final Members TOGETHER =
            new Members("a", Set.of("a", "b", "c"), Set.of("a", "b", "c"), Set.of(), Set.of());
    private static final Members CUT_OFF =
            new Members("a", Set.of("a", "b", "c"), Set.of("a", "b", "c"), Set.of(), Set.of("b", "c"));

    private final List<Holding> sent = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1_000_000_000;
    private Members members = TOGETHER;
    private final LeasedShare share =
            new LeasedShare(6, new LeasedShare.Parts(Samples.LEASE, () -> now, () -> members, sent::add));

    @Test
    void hasNothingBeforeTheLedgerAnswers() {
        assertThat(share.isFree()).isFalse();
        assertThat(last())
                .extracting(Holding::node, Holding::leased, Holding::limit)
                .containsExactly("a", 0, 6);
    }

    @Test
    void reportsAgainToALedgerItMeetsAndTakesItsLeasesOnlyThen() {
        share.hear(new Lease("one", last().sequence(), 1, 6, true));
        assertThat(share.leased()).isZero();
        assertThat(last().incarnation()).isEqualTo("one");
        share.hear(new Lease("one", last().sequence(), 1, 6, true));
        assertThat(share.leased()).isEqualTo(6);
        assertThat(share.isFree()).isTrue();
    }

    @Test
    void takesNothingThatAnEarlierLedgerSent() {
        lease("one", 1, 2);
        Lease late = new Lease("one", last().sequence(), 2, 6, true);
        lease("two", 1, 2);
        share.hear(late);
        share.hear(late);
        assertThat(share.leased()).isEqualTo(2);
        assertThat(last().incarnation()).isEqualTo("two");
    }

    @Test
    void keepsTheHighestNumberWhateverComesLast() {
        lease("one", 2, 1);
        share.hear(new Lease("one", last().sequence(), 1, 6, true));
        assertThat(share.leased()).isEqualTo(1);
    }

    @Test
    void reportsAtOnceWhatItWasLeftWithWhenPermitsAreTakenBack() {
        lease("one", 1, 2);
        share.take();
        share.take();
        int before = sent.size();
        share.hear(new Lease("one", last().sequence(), 2, 1, true));
        assertThat(sent).hasSize(before + 1);
        assertThat(last())
                .extracting(Holding::lease, Holding::leased, Holding::inUse)
                .containsExactly(2L, 1, 2);
        assertThat(share.isFree()).isFalse();
    }

    @Test
    void asksForMoreAtOnceButNotForEveryCall() {
        lease("one", 1, 0);
        pass(Duration.ofMillis(30));
        int before = sent.size();
        for (int i = 1; i <= 4; i++) {
            share.waiting(i);
        }
        assertThat(sent).hasSize(before + 1);
        pass(Duration.ofMillis(30));
        share.waiting(9);
        assertThat(last().wanted()).isEqualTo(6);
    }

    /** Between two calls in a row nothing is wanted, but soon will be again. */
    @Test
    void wantsForAMomentWhatItWantedBefore() {
        lease("one", 1, 1);
        share.take();
        share.giveBack();
        for (int half = 0; half < 2; half++) {
            assertThat(last().wanted()).isEqualTo(half);
            pass(LeasedShare.HABIT.dividedBy(2));
            share.hear(new Share.Tick());
        }
        assertThat(last().wanted()).isZero();
    }

    @Test
    void givesNothingWhenItsLastConfirmedReportIsTooOld() {
        lease("one", 1, 2);
        now += Duration.ofSeconds(3).toNanos();
        assertThat(share.isFree()).isTrue();
        now += 10;
        assertThat(share.isFree()).isFalse();
    }

    @Test
    void extendsItsTimeOnlyFromWhenTheConfirmedReportWasSent() {
        lease("one", 1, 2);
        Holding report = last();
        now += Duration.ofSeconds(2).toNanos();
        share.hear(new Lease("one", report.sequence(), 1, 2, true));
        now += Duration.ofSeconds(1).toNanos() + 10;
        assertThat(share.isFree()).isFalse();
    }

    @Test
    void givesNothingNewInAMinorityAndRevokesWhatRunsAfterAWhile() {
        lease("one", 1, 2);
        share.take();
        share.hear(new Tick());
        members = CUT_OFF;
        pass(Duration.ofMillis(100));
        assertThat(share.hear(new Tick())).isEqualTo(Verdict.LOOK);
        assertThat(share.isFree()).isFalse();
        pass(Duration.ofMillis(999));
        assertThat(share.hear(new Tick())).isEqualTo(Verdict.LOOK);
        pass(Duration.ofMillis(1));
        assertThat(share.hear(new Tick())).isEqualTo(Verdict.REVOKED);
    }

    @Test
    void revokesWhatRanThroughAFreeze() {
        lease("one", 1, 2);
        share.take();
        assertThat(share.hear(new Tick())).isEqualTo(Verdict.LOOK);
        now += Duration.ofSeconds(4).toNanos();
        assertThat(share.hear(new Tick())).isEqualTo(Verdict.REVOKED);
    }

    @Test
    void letsCallsRunOnForLongWhileTheLedgerIsAway() {
        lease("one", 1, 2);
        share.take();
        for (int tick = 0; tick < 200; tick++) {
            assertThat(share.hear(new Tick())).isEqualTo(Verdict.LOOK);
            pass(Duration.ofMillis(100));
        }
        pass(Duration.ofMillis(1));
        assertThat(share.hear(new Tick())).isEqualTo(Verdict.REVOKED);
    }

    @Test
    void claimsNothingFromTheNextLedgerThatTheLastOneMayHaveGivenAway() {
        lease("one", 1, 2);
        pass(Duration.ofSeconds(21));
        share.hear(new Lease("two", last().sequence(), 0, 0, false));
        assertThat(last()).extracting(Holding::incarnation, Holding::leased).containsExactly("two", 0);
    }

    @Test
    void reportsTwiceASecondWhenNothingHappens() {
        lease("one", 1, 2);
        share.hear(new Tick());
        int before = sent.size();
        for (int tick = 0; tick < 20; tick++) {
            pass(Duration.ofMillis(100));
            share.hear(new Tick());
        }
        assertThat(sent.size() - before).isBetween(3, 5);
    }

    private void lease(String ledger, long number, int permits) {
        share.hear(new Lease(ledger, last().sequence(), 0, 0, false));
        share.hear(new Lease(ledger, last().sequence(), number, permits, true));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Holding last() {
        return sent.get(sent.size() - 1);
    }
}
