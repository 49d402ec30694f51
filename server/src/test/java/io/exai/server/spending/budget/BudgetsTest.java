package io.exai.server.spending.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.persistence.usage.UsageTotals;
import io.exai.server.setting.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may spend more, and what they are told. */
class BudgetsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T18:00:00Z");
    private static final long CENT = 10_000_000;

    @Test
    void letEverybodySpendWhenNothingIsSet() {
        Budgets budgets = budgets("");
        assertThat(budgets.exist()).isFalse();
        assertThat(budgets.concern("alice")).isFalse();
        assertThat(budgets.verdict("alice", today(1_000_000, 0), NOW)).isEqualTo(new Verdict.Fine());
    }

    @Test
    void concernOnlyThoseWhoHaveALimit() {
        Budgets budgets = budgets("principals.alice.stop = 5");
        assertThat(budgets.exist()).isTrue();
        assertThat(budgets.concern("alice")).isTrue();
        assertThat(budgets.concern("bob")).isFalse();
        assertThat(budgets("daily.warn = 1").concern("bob")).isTrue();
    }

    @Test
    void stopExactlyAtTheLimit() {
        Budgets budgets = budgets("principals.alice.stop = 5");
        assertThat(budgets.verdict("alice", today(499, 10_000), NOW)).isEqualTo(new Verdict.Fine());
        assertThat(budgets.verdict("alice", today(500, 0), NOW))
                .isEqualTo(new Verdict.Stopped(
                        "principals.alice.stop", 5.0, 5.0, Instant.parse("2026-01-02T00:00:00Z"), Duration.ofHours(6)));
        assertThat(budgets.verdict("bob", today(500, 10_000), NOW)).isEqualTo(new Verdict.Fine());
    }

    @Test
    void tellTheLimitAndWhenItRenews() {
        Verdict verdict = budgets("principals.alice.stop = 5").verdict("alice", today(500, 0), NOW);
        assertThat(((Verdict.Stopped) verdict).line())
                .isEqualTo(
                        "budget principals.alice.stop: 5.00 USD of 5.00 USD spent today; renews 2026-01-02T00:00:00Z");
    }

    @Test
    void stopEverybodyAtTheLimitOfAll() {
        Budgets budgets = budgets("daily.stop = 5, principals.alice { warn = 1, stop = 100 }");
        Verdict verdict = budgets.verdict("alice", today(200, 300), NOW);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Stopped.class,
                        stopped -> assertThat(stopped.budget()).isEqualTo("daily.stop"));
    }

    @Test
    void warnOfTheOwnLimitFirst() {
        Budgets budgets = budgets("daily.warn = 1, principals.alice.warn = 2");
        assertThat(budgets.verdict("alice", today(250, 0), NOW))
                .isEqualTo(new Verdict.Warned("budget principals.alice.warn: 2.50 USD of 2.00 USD spent today"));
        assertThat(budgets.verdict("alice", today(150, 0), NOW))
                .isEqualTo(new Verdict.Warned("budget daily.warn: 1.50 USD of 1.00 USD spent today"));
        assertThat(budgets.verdict("alice", today(99, 0), NOW)).isEqualTo(new Verdict.Fine());
    }

    @Test
    void tellEveryLimitThatIsReached() {
        Budgets budgets = budgets("daily { warn = 1, stop = 9 }, principals { alice { warn = 1, stop = 2 } }");
        assertThat(budgets.reached(today(200, 0)))
                .extracting(Budgets.Reached::budget)
                .containsExactly("principals.alice.warn", "principals.alice.stop", "daily.warn");
        assertThat(budgets.reached(today(0, 99))).isEmpty();
    }

    private static Budgets budgets(String text) {
        return new Budgets(Settings.load(null, ConfigFactory.parseString("exai.budget { " + text + " }"))
                .budget());
    }

    private static Today today(long centsOfAlice, long centsOfBob) {
        UsageTotals alice = new UsageTotals(1, 0, 0, 0, centsOfAlice * CENT);
        UsageTotals bob = new UsageTotals(1, 0, 0, 0, centsOfBob * CENT);
        return new Today(LocalDate.parse("2026-01-01"), Map.of("alice", alice, "bob", bob), alice.plus(bob));
    }
}
