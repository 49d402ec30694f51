package io.exai.provider.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exai.provider.fixture.SandboxSample;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChancesTest {
    @Test
    void decidesTheSameFromTheSameSeed() {
        assertThat(draw(500)).isEqualTo(draw(500)).contains("none", "status 500", "status 429", "stall", "break");
    }

    @Test
    void givesEachFaultItsShare() {
        Map<String, Long> counts =
                draw(20_000).stream().collect(Collectors.groupingBy(kind -> kind, Collectors.counting()));
        assertThat(counts.get("status 500")).isCloseTo(2000, within(200L));
        assertThat(counts.get("status 429")).isCloseTo(4000, within(200L));
        assertThat(counts.get("stall")).isCloseTo(1000, within(200L));
        assertThat(counts.get("break")).isCloseTo(3000, within(200L));
    }

    @Test
    void doesNothingWrongUnasked() {
        var chances = new Chances(new SandboxSample().build());
        assertThat(IntStream.range(0, 100).allMatch(any -> chances.next() == null))
                .isTrue();
    }

    private static List<String> draw(int count) {
        var chances = new Chances(new SandboxSample()
                .errorRate(0.1)
                .rateLimitRate(0.2)
                .stallRate(0.05)
                .breakRate(0.15)
                .build());
        return IntStream.range(0, count).mapToObj(any -> kind(chances)).toList();
    }

    private static String kind(Chances chances) {
        Fault fault = chances.next();
        if (fault == null) {
            return "none";
        }
        return fault instanceof Fault.Status status ? "status " + status.status() : fault.kind();
    }
}
