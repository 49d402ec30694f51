package io.exai.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said of keys under which something is kept, and of others. */
class KeptKeysTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Random random = new Random(1);
    private final KeptKeys kept = new KeptKeys(LONGEST, NOW);

    @Test
    void namesEveryKeyUntilItIsToldWhatThereIs() {
        assertThat(kept.mayHold(key(), NOW)).isTrue();
        kept.load(List.of(), NOW);
        assertThat(kept.mayHold(key(), NOW)).isFalse();
    }

    @Test
    void namesEveryKeyUntilAllOfBeforeIsTooOldWhenItIsNotTold() {
        assertThat(kept.mayHold(key(), NOW.plus(LONGEST).minusMillis(1))).isTrue();
        assertThat(kept.mayHold(key(), NOW.plus(LONGEST))).isFalse();
    }

    @Test
    void leavesNoneOutAndNamesFewOthers() {
        List<String> loaded = keys(5_000);
        List<String> added = keys(5_000);
        kept.load(loaded, NOW);
        added.forEach(key -> kept.add(key, NOW));
        assertThat(loaded).allMatch(key -> kept.mayHold(key, NOW));
        assertThat(added).allMatch(key -> kept.mayHold(key, NOW));
        assertThat(keys(10_000)).filteredOn(key -> kept.mayHold(key, NOW)).hasSizeLessThan(200);
    }

    @Test
    void forgetsWhatIsTooOldButNothingSooner() {
        kept.load(List.of(), NOW);
        String key = key();
        Instant added = NOW.plus(LONGEST).minusMillis(1);
        kept.add(key, added);
        for (Duration age = Duration.ZERO; age.compareTo(LONGEST) < 0; age = age.plusSeconds(7)) {
            assertThat(kept.mayHold(key, added.plus(age))).isTrue();
        }
        assertThat(kept.mayHold(key, added.plus(LONGEST.multipliedBy(2)))).isFalse();
    }

    @Test
    void forgetsAllAfterALongRest() {
        kept.load(List.of(), NOW);
        String key = key();
        kept.add(key, NOW);
        assertThat(kept.mayHold(key, NOW.plus(LONGEST.multipliedBy(2)))).isFalse();
    }

    @Test
    void keepsNothingWhenAnswersAreNotKept() {
        KeptKeys none = new KeptKeys(Duration.ZERO, NOW);
        assertThat(none.mayHold(key(), NOW)).isFalse();
    }

    private List<String> keys(int count) {
        List<String> keys = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            keys.add(key());
        }
        return keys;
    }

    private String key() {
        StringBuilder key = new StringBuilder("ab");
        while (key.length() < 64) {
            key.append(Character.forDigit(random.nextInt(16), 16));
        }
        return key.toString();
    }
}
