package io.exai.server.bench.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exai.server.e2e.SandboxProcess.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OccupationTest {
    private static final Instant BEGIN = Instant.parse("2026-05-04T03:02:01Z");

    private final Occupation occupation =
            Occupation.of(List.of(visit(0, 400), visit(100, 500), visit(400, 800), visit(600, null)));

    @Test
    void countsFromArrivalToEnd() {
        assertThat(occupation.at(at(-1))).isZero();
        assertThat(occupation.at(at(0))).isEqualTo(1);
        assertThat(occupation.at(at(99))).isEqualTo(1);
        assertThat(occupation.at(at(100))).isEqualTo(2);
        assertThat(occupation.at(at(499))).isEqualTo(2);
        assertThat(occupation.at(at(500))).isEqualTo(1);
        assertThat(occupation.at(at(10_000))).isEqualTo(1);
    }

    @Test
    void doesNotCountAnEndAndAnArrivalOfTheSameMomentTogether() {
        assertThat(occupation.most()).isEqualTo(2);
    }

    @Test
    void tellsHowLongItTookToGetFull() {
        assertThat(occupation.until(2, at(100))).contains(Duration.ZERO);
        assertThat(occupation.until(2, at(500))).contains(Duration.ofMillis(100));
        assertThat(occupation.until(2, at(599))).contains(Duration.ofMillis(1));
        assertThat(occupation.until(2, at(801))).isEmpty();
        assertThat(occupation.until(3, at(0))).isEmpty();
    }

    @Test
    void tellsWhenItWasAboveALimit() {
        assertThat(occupation.above(2)).isEmpty();
        assertThat(occupation.above(1))
                .containsExactly(
                        new Occupation.Excess(at(100), Duration.ofMillis(400), 2),
                        new Occupation.Excess(at(600), Duration.ofMillis(200), 2));
        assertThat(occupation.above(0)).containsExactly(new Occupation.Excess(at(0), Duration.ofMillis(800), 2));
    }

    @Test
    void weighsByTime() {
        assertThat(occupation.mean(at(0), at(100))).isEqualTo(1, within(1e-9));
        assertThat(occupation.mean(at(-100), at(200))).isEqualTo(1, within(1e-9));
        assertThat(occupation.mean(at(400), at(600))).isEqualTo(1.5, within(1e-9));
    }

    @Test
    void isEmptyWithoutVisits() {
        assertThat(Occupation.of(List.of()).most()).isZero();
        assertThat(Occupation.of(List.of()).until(1, BEGIN)).isEmpty();
        assertThat(Occupation.of(List.of()).mean(at(0), at(1))).isZero();
    }

    private static Visit visit(int arrived, @Nullable Integer ended) {
        return new Visit("", "", "ok", "kimi", at(arrived), ended == null ? null : at(ended));
    }

    private static Instant at(int millis) {
        return BEGIN.plusMillis(millis);
    }
}
