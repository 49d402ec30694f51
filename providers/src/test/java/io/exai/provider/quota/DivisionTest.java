package io.exai.provider.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who gets how much. */
class DivisionTest {
    @Test
    void givesWhoWantsLittleWhatTheyWantAndTheOthersAlike() {
        assertThat(Division.of(10, Map.of("a", 2, "b", 9, "c", 9), Set.of("a", "b", "c")))
                .isEqualTo(Map.of("a", 2, "b", 4, "c", 4));
    }

    @Test
    void spreadsWhatNobodyWants() {
        assertThat(Division.of(6, Map.of("a", 0, "b", 0, "c", 3), Set.of("a", "b", "c")))
                .isEqualTo(Map.of("a", 1, "b", 1, "c", 4));
    }

    @Test
    void givesNothingExtraToWhoIsAboutToGo() {
        assertThat(Division.of(6, Map.of("a", 1, "b", 0), Set.of("b"))).isEqualTo(Map.of("a", 1, "b", 5));
    }

    @Test
    void givesEverythingAwayNeverMoreAndFairly() {
        Random random = new Random(7);
        for (int round = 0; round < 10_000; round++) {
            Map<String, Integer> wanted = new HashMap<>();
            int nodes = 1 + random.nextInt(6);
            for (int node = 0; node < nodes; node++) {
                wanted.put("n" + node, random.nextInt(12));
            }
            int permits = random.nextInt(24);
            holdsFor(permits, wanted, Division.of(permits, wanted, wanted.keySet()));
        }
    }

    private static void holdsFor(int permits, Map<String, Integer> wanted, Map<String, Integer> parts) {
        assertThat(parts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(permits);
        int most = parts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        wanted.forEach((node, want) -> {
            int part = parts.getOrDefault(node, 0);
            assertThat(part >= want || part >= most - 1)
                    .as("%s of %s for %s", parts, permits, wanted)
                    .isTrue();
        });
    }
}
