package io.exai.provider.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.setting.BreakerSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitTest {
    private static final BreakerSettings SETTINGS =
            new BreakerSettings(5, 0.5, 20, Duration.ofSeconds(30), Duration.ofSeconds(60));
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Circuit circuit = new Circuit(SETTINGS, 0);
    private long now;

    @ParameterizedTest
    @CsvSource({"4, CLOSED", "5, OPEN", "6, OPEN"})
    void opensAfterFailuresInARow(int failures, Phase phase) {
        fail(failures);
        assertThat(circuit.phase(now)).isEqualTo(phase);
    }

    @Test
    void countsFailuresInARowOnly() {
        for (int i = 0; i < 3; i++) {
            fail(4);
            succeed(1);
        }
        assertThat(circuit.phase(now)).isEqualTo(Phase.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({"9, 10, CLOSED", "10, 10, OPEN", "9, 11, CLOSED"})
    void opensAfterAShareOfFailuresAmongEnough(int failures, int healthy, Phase phase) {
        succeed(healthy - failures + 1);
        for (int i = 0; i < failures - 1; i++) {
            succeed(1);
            fail(1);
        }
        fail(1);
        assertThat(circuit.phase(now)).isEqualTo(phase);
    }

    @Test
    void forgetsWhatIsOlderThanItsWindow() {
        for (int i = 0; i < 9; i++) {
            fail(1);
            succeed(1);
        }
        now = 31 * SECOND;
        succeed(9);
        fail(3);
        assertThat(circuit.phase(now)).isEqualTo(Phase.CLOSED);
    }

    @Test
    void letsOneProbeThroughAfterItsTime() {
        fail(5);
        now = 60 * SECOND - 1;
        assertThat(circuit.grantProbe("a", now)).isFalse();
        assertThat(circuit.remaining(now)).isEqualTo(Duration.ofNanos(1));
        now++;
        assertThat(circuit.phase(now)).isEqualTo(Phase.HALF_OPEN);
        assertThat(circuit.grantProbe("a", now)).isTrue();
        assertThat(circuit.grantProbe("b", now)).isFalse();
    }

    @Test
    void closesWithAHealthyProbeAndBeginsToCountAnew() {
        fail(5);
        now = 60 * SECOND;
        circuit.grantProbe("a", now);
        circuit.decide(true, now);
        assertThat(circuit.phase(now)).isEqualTo(Phase.CLOSED);
        fail(4);
        assertThat(circuit.phase(now)).isEqualTo(Phase.CLOSED);
    }

    @Test
    void opensAnewWithAFailedProbe() {
        fail(5);
        now = 60 * SECOND;
        circuit.grantProbe("a", now);
        circuit.decide(false, now);
        assertThat(circuit.phase(now)).isEqualTo(Phase.OPEN);
        assertThat(circuit.remaining(now)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void letsAnotherProbeThroughWhenOneIsLost() {
        fail(5);
        now = 60 * SECOND;
        circuit.grantProbe("a", now);
        circuit.forgetProbe();
        assertThat(circuit.grantProbe("b", now)).isTrue();
    }

    @Test
    void countsNothingWhileItIsOpen() {
        fail(5);
        now = 10 * SECOND;
        succeed(100);
        fail(100);
        assertThat(circuit.remaining(now)).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void takesOverWhatOthersKnow() {
        circuit.adopt(Duration.ofSeconds(7), now);
        assertThat(circuit.phase(now)).isEqualTo(Phase.OPEN);
        circuit.adopt(Duration.ofSeconds(70), now);
        assertThat(circuit.remaining(now)).isEqualTo(Duration.ofSeconds(7));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuit.add(Tally.NONE.plus(false), now);
        }
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            circuit.add(Tally.NONE.plus(true), now);
        }
    }
}
