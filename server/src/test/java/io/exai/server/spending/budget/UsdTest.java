package io.exai.server.spending.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How amounts are written. */
class UsdTest {
    @ParameterizedTest
    @CsvSource({
        "0,             0.00",
        "5000000000,    5.00",
        "4999000000,    5.00",
        "12304999999,   12.30",
        "100000000,     0.10",
        "99900000,      0.10",
        "42000000,      0.042",
        "4249999,       0.0042",
        "1,             0.000000001",
        "-42000000,     -0.042",
        "1234567000000000, 1234567.00",
    })
    void writesCentsOrTwoDigitsThatSaySomething(long nanos, String text) {
        assertThat(Usd.text(nanos)).isEqualTo(text);
    }

    @Test
    void convertsToDollars() {
        assertThat(Usd.dollars(1_500_000_000L)).isEqualTo(1.5);
    }
}
