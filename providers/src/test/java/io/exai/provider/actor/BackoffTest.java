package io.exai.provider.actor;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.setting.RetrySettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final RetrySettings SETTINGS = new RetrySettings(4, Duration.ofMillis(500), Duration.ofMillis(1500));

    @ParameterizedTest
    @CsvSource({"1, 0.5, 250", "2, 0.5, 500", "3, 0.5, 750", "1, 0, 0", "3, 1, 1500"})
    void drawsAPauseUpToABoundThatDoubles(int attempts, double drawn, long millis) {
        assertThat(new Backoff(SETTINGS, () -> drawn).pause(attempts, null)).hasValue(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"3, true", "4, false", "5, false"})
    void endsAfterItsAttempts(int attempts, boolean again) {
        assertThat(new Backoff(SETTINGS, () -> 1).pause(attempts, null).isPresent())
                .isEqualTo(again);
    }

    @Test
    void waitsAsLongAsTheVendorAsksIfThatFits() {
        var backoff = new Backoff(SETTINGS, () -> 0);
        assertThat(backoff.pause(1, Duration.ofMillis(1500))).hasValue(Duration.ofMillis(1500));
        assertThat(backoff.pause(1, Duration.ofMillis(1501))).isEmpty();
    }
}
