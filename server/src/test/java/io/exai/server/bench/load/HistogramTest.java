package io.exai.server.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void tellsPercentilesToTwoPercent() {
        var histogram = new Histogram();
        for (int micros = 1; micros <= 10_000; micros++) {
            histogram.add(micros * 1000L);
        }
        assertThat(histogram.percentile(0.5)).isCloseTo(5, within(0.1));
        assertThat(histogram.percentile(0.99)).isCloseTo(9.9, within(0.2));
        assertThat(histogram.percentile(1)).isEqualTo(10);
    }

    @Test
    void isZeroWithoutAnyLatency() {
        assertThat(new Histogram().percentile(0.5)).isZero();
    }
}
