package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.session.ToClient;
import org.junit.jupiter.api.Test;

class CrossingsTest {
    private long now;
    private final Crossings crossings = new Crossings(() -> now);

    @Test
    void knowsAnAnswerThatWentOutUnaskedForTenSeconds() {
        crossings.unasked(answer("1", 5));

        now = 10_000_000_000L;
        assertThat(crossings.has(answer("1", 5))).isTrue();
        now++;
        assertThat(crossings.has(answer("1", 5))).isFalse();
    }

    @Test
    void takesNoOtherAnswerForIt() {
        crossings.unasked(answer("1", 5));

        assertThat(crossings.has(answer("1", 6))).isFalse();
        assertThat(crossings.has(answer("2", 5))).isFalse();
    }

    @Test
    void takesNothingForItThatIsNotKept() {
        crossings.unasked(answer("1", 0));

        assertThat(crossings.has(answer("1", 0))).isFalse();
    }

    @Test
    void expectsNoneOnceTheClientHasIntroducedItself() {
        crossings.unasked(answer("1", 5));
        crossings.introduced();
        crossings.unasked(answer("2", 6));

        assertThat(crossings.has(answer("1", 5))).isFalse();
        assertThat(crossings.has(answer("2", 6))).isFalse();
    }

    private static ToClient.Answered answer(String id, long sequence) {
        return new ToClient.Answered(id, "2025-11-25", sequence, "{}", false, 1, true);
    }
}
