package io.exai.server.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits in dollars, of everybody and of each. */
class BudgetSettingsTest {
    @Test
    void limitNothingUnlessTold() {
        BudgetSettings budget = budget("");
        assertThat(budget.daily().warnNanos()).isZero();
        assertThat(budget.daily().stopNanos()).isZero();
        assertThat(budget.principals()).isEmpty();
        assertThat(budget.refresh()).isEqualTo(Duration.ofSeconds(2));
        assertThat(budget.keep()).isEqualTo(Duration.ofDays(400));
    }

    @Test
    void countInBillionthsOfADollar() {
        BudgetSettings budget = budget(
                "daily { warn = 0.1, stop = 1000000000 }, principals { alice { stop = 5 }, \"bob.smith\" { warn = 0.000000001 } }");
        assertThat(budget.daily().warnNanos()).isEqualTo(100_000_000);
        assertThat(budget.daily().stopNanos()).isEqualTo(1_000_000_000_000_000_000L);
        assertThat(budget.principals())
                .containsEntry("alice", new BudgetSettings.Limits(null, 5.0))
                .containsEntry("bob.smith", new BudgetSettings.Limits(1e-9, null));
        assertThat(new BudgetSettings.Limits(1e-9, null).warnNanos()).isEqualTo(1);
        assertThat(new BudgetSettings.Limits(1e-9, null).stopNanos()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "daily.warn = -0.01, |daily.warn: -0.01 (expected: 0 to 1000000000)|",
                "daily.stop = 1000000001, |daily.stop: 1.000000001E9 (expected: 0 to 1000000000)|",
                "daily.stop = NaN, |daily.stop: NaN (expected: 0 to 1000000000)|",
                "daily.stop = much, |daily.stop: much (expected: a number)|",
                "principals.al.stop = much, |principals.al.stop: much (expected: a number)|",
                "principals.al.most = 4, |principals.al.most: 4 (expected: one of warn, stop)|",
                "principals.al = 4, |principals.al: 4 (expected: a section in braces)|",
                "refresh = 99ms, |refresh: 99ms (expected: 100ms to 3600s)|",
                "keep = 23h, |keep: 82800s (expected: 86400s to 315360000s)|",
            })
    void refuseWhatIsOutOfRange(String setting, String problem) {
        assertThat(problems(setting)).containsExactly("exai.budget." + problem);
    }

    @Test
    void refuseAWarningThatNobodyWouldSee() {
        assertThat(problems("principals.al { warn = 6, stop = 5 }"))
                .containsExactly("exai.budget.principals.al.warn: 6.0 (expected: at most stop = 5.0)");
        assertThat(budget("daily { warn = 6 }").daily().warnNanos()).isPositive();
    }

    private static BudgetSettings budget(String text) {
        return Settings.load(null, ConfigFactory.parseString("exai.budget { " + text + " }"))
                .budget();
    }

    private static List<String> problems(String setting) {
        InvalidSettings[] found = new InvalidSettings[1];
        assertThatThrownBy(() -> budget(setting))
                .isInstanceOfSatisfying(InvalidSettings.class, invalid -> found[0] = invalid);
        return found[0].problems();
    }
}
