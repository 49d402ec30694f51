package io.exai.server.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a bridge waits before it tries again. */
class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({"0, 250", "1, 500", "6, 16000", "7, 30000", "30, 30000", "2000000000, 30000"})
    void doublesTheBoundUpToTheLongest(int failures, long millis) {
        assertThat(backoff.bound(failures)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void waitsAnythingUpToTheBound() {
        Random random = new Random(1);
        assertThat(random.doubles(1_000).mapToObj(any -> backoff.delay(1, random)))
                .allMatch(delay -> !delay.isNegative() && delay.toMillis() <= 500)
                .anyMatch(delay -> delay.toMillis() < 50)
                .anyMatch(delay -> delay.toMillis() > 450);
    }
}
