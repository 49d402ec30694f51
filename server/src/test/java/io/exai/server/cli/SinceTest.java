package io.exai.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** How a moment in the past is told. */
class SinceTest {
    private static final Instant NOW = Instant.parse("2026-03-10T15:30:00Z");

    @ParameterizedTest
    @CsvSource({
        "7d,         2026-03-03T00:00:00Z",
        "0d,         2026-03-10T00:00:00Z",
        "12h,        2026-03-10T03:30:00Z",
        "2026-01-31, 2026-01-31T00:00:00Z",
    })
    void isAMoment(String text, Instant moment) {
        assertThat(new Since.Reader().convert(text).before(NOW)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "-1d", "7w", "2026-02-30", "yesterday", "123456d"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> new Since.Reader().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' (expected: 7d, 12h or a date such as 2026-01-31)");
    }
}
