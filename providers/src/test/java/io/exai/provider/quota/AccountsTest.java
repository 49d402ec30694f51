package io.exai.provider.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.fixture.Samples;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a ledger gives, and what it waits for. */
class AccountsTest {
    private static final int LIMIT = 6;
    private static final Members BOTH = members(Set.of("a", "b"), Set.of());

    private final Map<String, Long> sequences = new HashMap<>();
    private long now;
    private int named;
    private final Accounts accounts = new Accounts(Samples.LEASE, () -> "ledger " + ++named, now);

    @Test
    void asksAStrangerForItsHoldingFirst() {
        Lease greeting = answer("a", "", 0, 0, 0, 3);
        assertThat(greeting).isEqualTo(new Lease("ledger 1", 1, 0, 0, false));
    }

    @Test
    void confirmsAndGrantsNothingWhileThoseMayLiveWhoWereRemovedBefore() {
        assertThat(report("a", 0, 2, 0, 3)).isEqualTo(new Lease("ledger 1", 1, 0, 2, false));
        assertThat(report("b", 0, 2, 0, 3).confirmed()).isFalse();
        settle();
        assertThat(report("a", 0, 2, 0, 3)).isEqualTo(new Lease("ledger 1", 2, 1, 3, true));
    }

    @Test
    void letsEverybodyKeepWhatTheyHaveUntilAllHaveReported() {
        settle();
        assertThat(report("a", 0, 2, 2, 6)).isEqualTo(new Lease("ledger 1", 1, 0, 2, true));
        assertThat(report("b", 0, 1, 0, 0).permits()).isZero();
        assertThat(report("a", 0, 2, 2, 6).permits())
                .as("b has not said that it gave up its one")
                .isEqualTo(5);
    }

    @Test
    void givesWhatItTookBackOnlyWhenTheNodeHasSaidSo() {
        settle();
        report("b", 0, 6, 6, 6);
        assertThat(report("a", 0, 0, 0, 6).permits()).isZero();
        assertThat(report("b", 1, 3, 5, 5).permits()).isEqualTo(3);
        assertThat(report("a", 0, 0, 0, 6).permits())
                .as("b uses five of its three")
                .isEqualTo(1);
        report("b", 1, 3, 3, 3);
        assertThat(report("a", 1, 1, 1, 6).permits()).isEqualTo(3);
        assertThat(accounts.charged()).isEqualTo(LIMIT);
    }

    @Test
    void keepsQuietInAMinority() {
        settle();
        Members alone = members(Set.of("a", "b", "c"), Set.of("b", "c"));
        assertThat(accounts.hear(holding("a", "ledger 1", 0, 2, 0, 3), alone, now))
                .isEmpty();
        assertThat(accounts.pass(alone, now)).isEmpty();
    }

    @Test
    void givesARemovedMembersPermitsAwayAfterAWhile() {
        settle();
        report("b", 0, 4, 4, 4);
        report("a", 0, 2, 2, 6);
        Members alone = members(Set.of("a"), Set.of());
        accounts.pass(alone, now);
        assertThat(accounts.charged()).isEqualTo(LIMIT);
        pass(Samples.LEASE.reclaimAfter().plusMillis(1));
        Lease lease = Objects.requireNonNull(accounts.pass(alone, now).get("a"));
        assertThat(lease.permits()).isEqualTo(LIMIT);
    }

    @Test
    void beginsAnewAfterItStoodStill() {
        settle();
        report("a", 0, 2, 0, 3);
        pass(Samples.LEASE.validity().plusMillis(1));
        assertThat(report("a", 0, 2, 0, 3)).isEqualTo(new Lease("ledger 2", 2, 0, 0, false));
    }

    @Test
    void waitsNotForEverForAMemberThatNeverReports() {
        report("a", 0, 0, 0, 6);
        for (int beat = 0; beat < 31; beat++) {
            pass(Duration.ofSeconds(1));
            report("a", 0, 0, 0, 6);
        }
        assertThat(report("a", 0, 0, 0, 6).permits()).isEqualTo(LIMIT);
        assertThat(report("b", 0, 4, 0, 0))
                .as("too late for what it had")
                .extracting(Lease::permits)
                .isEqualTo(0);
    }

    @Test
    void givesNobodyAnythingWhileMoreIsChargedThanThereIs() {
        settle();
        report("b", 0, 6, 6, 6);
        assertThat(report("a", 0, 0, 4, 6).permits())
                .as("not even of what it uses")
                .isZero();
    }

    @Test
    void takesTheLeastLimitAnyNodeIsSetUpWith() {
        settle();
        accounts.hear(new Holding("b", 1, "ledger 1", 0, 0, 0, 0, 2), BOTH, now);
        assertThat(report("a", 0, 0, 0, 6).permits()).isEqualTo(2);
    }

    private Lease report(String node, long lease, int leased, int inUse, int wanted) {
        return answer(node, "ledger 1", lease, leased, inUse, wanted);
    }

    private Lease answer(String node, String incarnation, long lease, int leased, int inUse, int wanted) {
        Holding holding = holding(node, incarnation, lease, leased, inUse, wanted);
        return Objects.requireNonNull(accounts.hear(holding, BOTH, now).get(node));
    }

    private Holding holding(String node, String incarnation, long lease, int leased, int inUse, int wanted) {
        long sequence = sequences.merge(node, 1L, Long::sum);
        return new Holding(node, sequence, incarnation, lease, leased, inUse, wanted, LIMIT);
    }

    private void settle() {
        pass(Samples.LEASE.reclaimAfter());
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static Members members(Set<String> all, Set<String> unreachable) {
        return new Members("a", all, all, Set.of(), unreachable);
    }
}
