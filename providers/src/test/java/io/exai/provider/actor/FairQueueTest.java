package io.exai.provider.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairQueueTest {
    private final FairQueue<String> queue = new FairQueue<>();

    @Test
    void isFirstInFirstOutWithinASession() {
        add("a", "a1", "a2", "a3");
        assertThat(drain()).containsExactly("a1", "a2", "a3");
    }

    @Test
    void letsSessionsTakeTurns() {
        add("a", "a1", "a2", "a3");
        add("b", "b1", "b2");
        add("c", "c1");
        assertThat(drain()).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
    }

    @Test
    void doesNotLetAHundredOfOneSessionDelayTheOneOfAnother() {
        for (int i = 0; i < 100; i++) {
            add("greedy", "g" + i);
        }
        add("modest", "m");
        assertThat(drain()).startsWith("g0", "m", "g1").hasSize(101);
    }

    @Test
    void givesASessionThatComesBackNoSecondTurnInARound() {
        add("a", "a1", "a2");
        add("b", "b1");
        assertThat(queue.poll()).contains("a1");
        add("a", "a3");
        assertThat(drain()).containsExactly("b1", "a2", "a3");
    }

    @Test
    void letsASessionThatComesAfterARestGoFirstButNotForLong() {
        add("greedy", "g1", "g2", "g3", "g4", "g5");
        assertThat(queue.poll()).contains("g1");
        assertThat(queue.poll()).contains("g2");
        add("modest", "m1");
        assertThat(queue.poll()).contains("m1");
        add("modest", "m2", "m3");
        assertThat(drain()).containsExactly("g3", "m2", "g4", "m3", "g5");
    }

    /** However long a session waits and comes back: in any stretch in which two wait all the time, they get the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void givesTheSameToAllThatWait(long seed) {
        var random = new Random(seed);
        var served = new HashMap<String, Integer>();
        for (int i = 0; i < 200; i++) {
            add("always", "always:" + i);
            add("too", "too:" + i);
        }
        while (queue.size() > 250) {
            add("guest" + random.nextInt(3), "guest:" + random.nextInt());
            for (int n = random.nextInt(4); n > 0; n--) {
                String item = queue.poll().orElseThrow();
                served.merge(item.substring(0, item.indexOf(':')), 1, Integer::sum);
                int difference = served.getOrDefault("always", 0) - served.getOrDefault("too", 0);
                assertThat(difference).isBetween(-1, 1);
            }
        }
        assertThat(served.getOrDefault("always", 0)).isGreaterThan(10);
    }

    @Test
    void letsNobodyStarveForThoseWhoComeOnce() {
        add("patient", "p1", "p2", "p3", "p4");
        List<String> served = new ArrayList<>();
        for (int guest = 0; guest < 20; guest++) {
            add("guest" + guest, "g" + guest);
            queue.poll().ifPresent(served::add);
        }
        assertThat(served).contains("p1", "p2", "p3", "p4");
    }

    @Test
    void remembersNobodyWhoHasNothingToWaitFor() {
        for (int i = 0; i < 10_000; i++) {
            add("s" + i, "item");
            assertThat(queue.poll()).contains("item");
        }
        add("s5", "again");
        add("new", "new");
        assertThat(drain()).containsExactly("again", "new");
    }

    @Test
    void forgetsWhatIsRemoved() {
        add("a", "a1", "a2");
        add("b", "b1");
        assertThat(queue.remove("a", "a1")).isTrue();
        assertThat(queue.remove("a", "a1")).isFalse();
        assertThat(queue.remove("b", "b1")).isTrue();
        assertThat(queue.remove("nobody", "x")).isFalse();
        assertThat(queue.size()).isEqualTo(1);
        assertThat(drain()).containsExactly("a2");
    }

    @Test
    void isEmptyInTheBeginningAndInTheEnd() {
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.poll()).isEmpty();
        add("a", "a1", "a1");
        assertThat(queue.size()).isEqualTo(1);
        assertThat(drain()).containsExactly("a1");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void neverServesASessionTwiceWhileAnotherWaits() {
        var random = new Random(3);
        var waiting = new HashMap<String, Integer>();
        for (int i = 0; i < 500; i++) {
            String session = "s" + random.nextInt(7);
            add(session, session + ':' + i);
            waiting.merge(session, 1, Integer::sum);
        }
        String last = "";
        while (!queue.isEmpty()) {
            String session = queue.poll().orElseThrow().substring(0, 2);
            waiting.merge(session, -1, Integer::sum);
            boolean others =
                    waiting.entrySet().stream().anyMatch(e -> !e.getKey().equals(session) && e.getValue() > 0);
            assertThat(session.equals(last) && others).isFalse();
            last = session;
        }
    }

    private void add(String session, String... items) {
        for (String item : items) {
            queue.add(session, item);
        }
    }

    private List<String> drain() {
        var items = new ArrayList<String>();
        while (!queue.isEmpty()) {
            queue.poll().ifPresent(items::add);
        }
        return items;
    }
}
