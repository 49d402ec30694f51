package io.exai.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits at their bounds and one beyond. */
class LimitsTest {
    private static final long MAX_FRAME = 1_073_741_824;
    private static final long MAX_CALL = 104_857_600;

    @ParameterizedTest
    @CsvSource({
        "1024, 1024, 1024",
        "1073741824, 104857600, 1048576",
        "1025, 1025, 1025",
        "1073741823, 104857599, 1048575",
        "2048, 2048, 1024",
    })
    void acceptsWhatIsInRange(long frame, long call, long header) {
        assertThat(new Limits(frame, call, header).problems("exai.limit")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1023", "1048577", "-1"})
    void refusesAHeaderOutOfRange(long header) {
        assertThat(new Limits(2048, 2048, header).problems("exai.limit"))
                .containsExactly("exai.limit.header: " + header + " (expected: 1024 to 1048576)");
    }

    @Test
    void refusesAFrameOverTheLargest() {
        assertThat(new Limits(MAX_FRAME + 1, 1024, 1024).problems("exai.limit"))
                .containsExactly("exai.limit.frame: 1073741825 (expected: 1024 to 1073741824)");
    }

    @Test
    void refusesACallOverTheLargest() {
        assertThat(new Limits(MAX_FRAME, MAX_CALL + 1, 1024).problems("exai.limit"))
                .containsExactly("exai.limit.call: 104857601 (expected: 1024 to 104857600, at most frame)");
    }

    @Test
    void refusesACallLargerThanAFrame() {
        assertThat(new Limits(2048, 2049, 1024).problems("p"))
                .containsExactly("p.call: 2049 (expected: 1024 to 104857600, at most frame)");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertThat(new Limits(1023, 1023, 1023).problems("p")).hasSize(3);
    }
}
