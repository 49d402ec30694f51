package io.exai.server.bench.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleTest {
    @ParameterizedTest
    @CsvSource({
        "1, 0.5, 1",
        "2, 0.5, 1",
        "3, 0.5, 2",
        "19, 0.95, 19",
        "20, 0.95, 19",
        "21, 0.95, 20",
        "100, 0.95, 95",
        "100, 0, 1",
        "100, 1, 100",
    })
    void givesTheLeastFigureThatTheShareDoesNotExceed(int size, double share, long expected) {
        Sample sample = Sample.of(LongStream.rangeClosed(1, size).boxed().toList());
        assertThat(sample.percentile(share)).isEqualTo(expected);
    }

    @Test
    void sortsWhatItGets() {
        assertThat(Sample.of(List.of(3L, 1L, 2L)).percentile(1)).isEqualTo(3);
    }

    @Test
    void isZeroWithoutFigures() {
        assertThat(Sample.of(List.of()).percentile(0.95)).isZero();
    }
}
