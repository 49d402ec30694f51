package io.exai.provider.actor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Classes of waiting calls. */
class WaitingLineTest {
    private final WaitingLine<String> line = new WaitingLine<>(2);

    @Test
    void servesHigherClassesFirstAndSessionsInTurns() {
        line.add(Priority.LOW, "s", "low");
        line.add(Priority.NORMAL, "s", "first");
        line.add(Priority.NORMAL, "s", "second");
        line.add(Priority.NORMAL, "t", "other");
        line.add(Priority.HIGH, "s", "high");
        assertThat(line.size()).isEqualTo(5);
        for (String next : new String[] {"high", "first", "other", "second", "low"}) {
            assertThat(line.poll()).contains(next);
        }
        assertThat(line.poll()).isEmpty();
        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    void boundsEachClassByItself() {
        line.add(Priority.LOW, "s", "a");
        line.add(Priority.LOW, "t", "b");
        assertThat(line.isFull(Priority.LOW)).isTrue();
        assertThat(line.isFull(Priority.NORMAL)).isFalse();
    }

    @Test
    void countsWhoIsAheadInOwnAndHigherClasses() {
        line.add(Priority.LOW, "s", "a");
        line.add(Priority.NORMAL, "s", "b");
        assertThat(line.ahead(Priority.HIGH)).isZero();
        assertThat(line.ahead(Priority.NORMAL)).isEqualTo(1);
        assertThat(line.ahead(Priority.LOW)).isEqualTo(2);
    }

    @Test
    void forgetsWhoLeavesAndNobodyElse() {
        line.add(Priority.NORMAL, "s", "a");
        assertThat(line.remove(Priority.LOW, "s", "a")).isFalse();
        assertThat(line.remove(Priority.NORMAL, "s", "a")).isTrue();
        assertThat(line.remove(Priority.NORMAL, "s", "a")).isFalse();
        assertThat(line.size()).isZero();
    }
}
