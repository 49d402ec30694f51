package io.exai.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hierarchy of deadlines. */
class DeadlineSettingsTest {
    @ParameterizedTest
    @CsvSource({"1.5, 2.0, 2.5", "1.5, 2.000001, 2.5", "2.4, 2.41, 2.5", "98, 99, 100"})
    void acceptsLayersThatEachWaitLongerThanTheOneInside(double daemon, double bridge, double client) {
        assertThat(with(daemon, bridge, client).problems("d")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "1.49, 2.0, 2.5, |d.daemon-factor: 1.49 (expected: at least 1.5, at most 100)|",
                "NaN,  2.0, 2.5, |d.daemon-factor: NaN (expected: at least 1.5, at most 100)|",
                "1.5, 1.99, 2.5, |d.bridge-factor: 1.99 (expected: at least 2.0 and above daemon-factor, at most 100)|",
                "2.1, 2.1, 2.5,  |d.bridge-factor: 2.1 (expected: at least 2.0 and above daemon-factor, at most 100)|",
                "1.5, 2.0, 2.49, |d.client-factor: 2.49 (expected: at least 2.5 and above bridge-factor, at most 100)|",
                "1.5, 3.0, 3.0,  |d.client-factor: 3.0 (expected: at least 2.5 and above bridge-factor, at most 100)|",
                "1.5, 2.0, 100.1, |d.client-factor: 100.1 (expected: at least 2.5 and above bridge-factor, at most 100)|",
            })
    void refusesALayerThatDoesNot(double daemon, double bridge, double client, String problem) {
        assertThat(with(daemon, bridge, client).problems("d")).contains(problem);
    }

    @Test
    void ordersDaemonAndClientAroundTheTool() {
        DeadlineSettings deadlines = with(1.5, 2.0, 2.5);
        Duration tool = Duration.ofSeconds(10);
        assertThat(deadlines.daemon(tool)).isEqualTo(Duration.ofSeconds(15));
        assertThat(deadlines.client(tool)).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void refusesASimpleDeadlineLongerThanAWorkflowOne() {
        DeadlineSettings deadlines = new DeadlineSettings(
                Duration.ofMillis(1001), Duration.ofSeconds(1), 1.5, 2.0, 2.5, Duration.ofSeconds(1));
        assertThat(deadlines.problems("d")).containsExactly("d.simple: 1001ms (expected: at most workflow = 1s)");
    }

    private static DeadlineSettings with(double daemon, double bridge, double client) {
        return new DeadlineSettings(
                Duration.ofSeconds(1), Duration.ofSeconds(1), daemon, bridge, client, Duration.ofSeconds(1));
    }
}
