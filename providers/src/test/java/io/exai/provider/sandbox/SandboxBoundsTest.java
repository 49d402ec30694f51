package io.exai.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.fixture.SandboxSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxBoundsTest {
    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1000000, true", "1000001, false"})
    void boundsTheRequestsOfAMinute(int value, boolean good) {
        assertThat(new SandboxSample()
                        .requestsPerMinute(value)
                        .build()
                        .problems("x")
                        .isEmpty())
                .isEqualTo(good);
    }

    @Test
    void neverShowsItsKey() {
        var settings = new SandboxSample().apiKey("hush hush").build();
        assertThat(settings.problems("x")).containsExactly("x.api-key: *** (expected: printable ASCII without spaces)");
        assertThat(settings.toString()).contains("***").doesNotContain("hush");
    }
}
