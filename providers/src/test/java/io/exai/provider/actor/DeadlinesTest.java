package io.exai.provider.actor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final Deadlines<String> deadlines = new Deadlines<>();

    @Test
    void returnsWhatIsDueInOrderAndOnce() {
        deadlines.add(30, 1, "late");
        deadlines.add(10, 2, "early");
        deadlines.add(10, 3, "early too");
        assertThat(deadlines.due(9)).isEmpty();
        assertThat(deadlines.due(10)).containsExactly("early", "early too");
        assertThat(deadlines.due(10)).isEmpty();
        assertThat(deadlines.next()).hasValue(30);
    }

    @Test
    void forgetsWhatIsRemoved() {
        deadlines.add(10, 1, "a");
        deadlines.remove(10, 2);
        deadlines.remove(10, 1);
        assertThat(deadlines.next()).isEmpty();
        assertThat(deadlines.due(100)).isEmpty();
    }

    @Test
    void survivesTheOverflowOfItsClock() {
        long now = Long.MAX_VALUE - 1;
        deadlines.add(now + 10, 1, "after the overflow");
        deadlines.add(now, 2, "before it");
        assertThat(deadlines.due(now)).containsExactly("before it");
        assertThat(deadlines.due(now + 10)).containsExactly("after the overflow");
    }
}
