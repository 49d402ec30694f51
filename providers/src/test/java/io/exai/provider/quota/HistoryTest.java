package io.exai.provider.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.setting.LeaseSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Thousands of histories: never more permits out than there are, and all of them when nothing is in the way. */
class HistoryTest {
    private static final int HISTORIES = 1_000;
    private static final int EVENTFUL_STEPS = 1_500;
    private static final int CALM_STEPS = 1_200;

    @Test
    void neverLeasesMoreThanThereIsAndAllOfItWhenItIsWanted() {
        live(lease(Duration.ofSeconds(20), Duration.ofSeconds(30)));
    }

    @Test
    void holdsAlsoWhenSilentMembersLoseTheirPermitsSoon() {
        live(lease(Duration.ofSeconds(4), Duration.ofSeconds(6)));
    }

    private static void live(LeaseSettings settings) {
        for (int seed = 0; seed < HISTORIES; seed++) {
            var history = new History(seed, settings);
            for (int step = 0; step < EVENTFUL_STEPS; step++) {
                history.step();
                staysWithinItsLimit(history, seed, step);
            }
            usesEverythingSoon(history, seed);
        }
    }

    private static void usesEverythingSoon(History history, int seed) {
        history.calmDown();
        int best = 0;
        for (int step = 0; step < CALM_STEPS && best < history.limit(); step++) {
            history.step();
            staysWithinItsLimit(history, seed, EVENTFUL_STEPS + step);
            best = Math.max(best, history.used());
        }
        int expected = history.hasMajority() ? history.limit() : best;
        assertThat(best).as("seed %d: %s", seed, history).isEqualTo(expected);
    }

    private static void staysWithinItsLimit(History history, int seed, int step) {
        if (history.held() > history.limit()) {
            throw new AssertionError("seed " + seed + ", step " + step + ": " + history);
        }
    }

    private static LeaseSettings lease(Duration giveUp, Duration expiry) {
        return new LeaseSettings(
                Duration.ofMillis(500),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofMillis(1500),
                giveUp,
                expiry);
    }
}
