package io.exai.provider.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    @Test
    void passesEverythingWithoutALimit() {
        var bucket = new Bucket(0, 0);
        bucket.take(1e9, 0);
        assertThat(bucket.delay(1, 0)).isEqualTo(Duration.ZERO);
    }

    @Test
    void letsASixthGoAtOnceAndTheRestEvenly() {
        var bucket = new Bucket(60, 0);
        for (int i = 0; i < 10; i++) {
            assertThat(bucket.delay(1, 0)).isEqualTo(Duration.ZERO);
            bucket.take(1, 0);
        }
        assertThat(bucket.delay(1, 0)).isEqualTo(Duration.ofMillis(1200));
    }

    /** Whoever comes as soon as he may gets no more than the limit in any minute. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6, 7, 60, 1000})
    void neverPassesMoreThanTheLimitInAnyMinute(int limit) {
        var bucket = new Bucket(limit, 0);
        Deque<Long> lastMinute = new ArrayDeque<>();
        var random = new Random(limit);
        long now = 0;
        for (int i = 0; i < 5 * limit + 20; i++) {
            now += random.nextInt(4) == 0 ? random.nextLong(MINUTE / limit) : 0;
            now += bucket.delay(1, now).toNanos();
            bucket.take(1, now);
            lastMinute.addLast(now);
            while (lastMinute.getFirst() <= now - MINUTE) {
                lastMinute.removeFirst();
            }
            assertThat(lastMinute.size()).isLessThanOrEqualTo(Math.max(limit, 2));
        }
    }

    @Test
    void paysOffWhatWasTakenTooMuch() {
        var bucket = new Bucket(600, 0);
        bucket.take(600, 0);
        assertThat(bucket.delay(1, 0)).isGreaterThan(Duration.ofSeconds(55)).isLessThan(Duration.ofSeconds(65));
    }
}
