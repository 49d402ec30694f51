package io.exai.provider.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When to come again. */
class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void saysASecondWhenItKnowsNothing() {
        assertThat(pace.retryAfter(100, 1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void countsWhoIsAheadAndHowManyAreServedAtOnce() {
        pace.held(Duration.ofSeconds(4).toNanos());
        assertThat(pace.retryAfter(0, 4)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.retryAfter(11, 4)).isEqualTo(Duration.ofSeconds(12));
        assertThat(pace.retryAfter(3, 0)).isEqualTo(Duration.ofSeconds(16));
    }

    @Test
    void saysAMinuteAtMost() {
        pace.held(Duration.ofMinutes(3).toNanos());
        assertThat(pace.retryAfter(1_000, 2)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void followsTheLatestTimes() {
        pace.held(Duration.ofSeconds(40).toNanos());
        for (int i = 0; i < 40; i++) {
            pace.held(Duration.ofSeconds(2).toNanos());
        }
        assertThat(pace.retryAfter(0, 1)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }
}
