package io.exai.provider.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of leases, each beside those it depends on. */
class LeaseSettingsTest {
    @Test
    void findsNothingWrongWithTheDefaults() {
        assertThat(problems(500, 3_000, 1_000, 1_500, 20_000, 30_000)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "49 | 3000 | 1000 | 1500 | 20000 | 30000 | report-interval: 49ms (expected: 50ms to 10s)",
                "500 | 999 | 1000 | 1500 | 20000 | 30000 | validity: 999ms (expected: 1s to 1m)",
                "500 | 3000 | -1 | 1500 | 20000 | 30000 | minority-patience: -1ms (expected: 0ms to 1m)",
                "500 | 3000 | 1000 | 60001 | 20000 | 30000 | reclaim-after: 60001ms (expected: 0ms to 1m)",
                "500 | 3000 | 1000 | 1500 | 2999 | 30000 | give-up: 2999ms (expected: 3s to 10m)",
                "500 | 3000 | 1000 | 1500 | 20000 | 20999 | expiry: 20999ms (expected: 21s to 20m)",
            })
    void namesWhatIsOutOfRange(
            long interval, long validity, long patience, long reclaim, long giveUp, long expiry, String problem) {
        assertThat(problems(interval, validity, patience, reclaim, giveUp, expiry))
                .containsExactly("exai.quota.lease." + problem);
    }

    private static List<String> problems(
            long interval, long validity, long patience, long reclaim, long giveUp, long expiry) {
        return new LeaseSettings(
                        Duration.ofMillis(interval),
                        Duration.ofMillis(validity),
                        Duration.ofMillis(patience),
                        Duration.ofMillis(reclaim),
                        Duration.ofMillis(giveUp),
                        Duration.ofMillis(expiry))
                .problems("exai.quota.lease");
    }
}
