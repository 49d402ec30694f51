package io.exai.provider.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.exai.provider.setting.LeaseSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The sum of decision 0010. */
class FenceTimesTest {
    private static final Config TUNED = ConfigFactory.parseString("""
                    pekko.cluster {
                      failure-detector { heartbeat-interval = 300ms, acceptable-heartbeat-pause = 1500ms }
                      unreachable-nodes-reaper-interval = 250ms
                      split-brain-resolver.stable-after = 2s
                    }""").withFallback(ConfigFactory.load());

    @Test
    void leavesTimeBetweenTheFenceAndTheReclaim() {
        FenceTimes times = FenceTimes.of(TUNED, lease(Duration.ofMillis(750)));
        assertThat(times.fenced()).isEqualTo(Duration.ofMillis(3150));
        assertThat(times.reclaimed()).isEqualTo(Duration.ofMillis(4250));
        assertThat(times.problems()).isEmpty();
    }

    @Test
    void isFineWithPekkosOwnTimes() {
        assertThat(FenceTimes.of(ConfigFactory.load(), lease(Duration.ZERO)).problems())
                .isEmpty();
    }

    @Test
    void namesTimesThatDoNotAddUp() {
        assertThat(FenceTimes.of(TUNED, lease(Duration.ZERO)).problems())
                .containsExactly("exai.quota.lease: permits of a lost node go to others after 3500 ms"
                        + " (expected: at least 4150 ms, when it has stopped using them; raise reclaim-after)");
    }

    private static LeaseSettings lease(Duration reclaimAfter) {
        return new LeaseSettings(
                Duration.ofMillis(500),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                reclaimAfter,
                Duration.ofSeconds(20),
                Duration.ofSeconds(30));
    }
}
