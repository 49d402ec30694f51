package io.exai.server.spending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** How long an outage makes the desk wait. */
class OutageTest {
    private final Outage outage = new Outage(NOPLogger.NOP_LOGGER);

    @Test
    void waitsTwiceAsLongEachTimeUpToHalfAMinute() {
        List<Duration> waits = new ArrayList<>();
        for (int times = 0; times < 100; times++) {
            waits.add(outage.failed(new IllegalStateException("away")));
        }
        assertThat(waits)
                .startsWith(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1))
                .endsWith(Duration.ofSeconds(30))
                .isSorted();
    }

    @Test
    void endsWithTheFirstSuccess() {
        assertThat(outage.isOn()).isFalse();
        outage.failed(new IllegalStateException("away"));
        assertThat(outage.isOn()).isTrue();
        outage.end();
        assertThat(outage.isOn()).isFalse();
        assertThat(outage.failed(new IllegalStateException("away"))).isEqualTo(Duration.ofMillis(250));
    }
}
