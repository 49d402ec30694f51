package io.exai.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exai.provider.fixture.SandboxSample;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultsTest {
    @Test
    void decidesTheSameFromTheSameSeed() {
        assertThat(draw(500)).isEqualTo(draw(500)).contains(Fault.values());
    }

    @Test
    void givesEachFaultItsShare() {
        Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
        draw(20_000).forEach(fault -> counts.merge(fault, 1, Integer::sum));
        assertThat(counts.get(Fault.ERROR)).isCloseTo(2000, within(200));
        assertThat(counts.get(Fault.RATE_LIMIT)).isCloseTo(4000, within(200));
        assertThat(counts.get(Fault.STALL)).isCloseTo(1000, within(200));
        assertThat(counts.get(Fault.BREAK)).isCloseTo(3000, within(200));
    }

    @Test
    void doesNothingWrongUnasked() {
        var faults = new Faults(new SandboxSample().build());
        assertThat(Stream.generate(faults::next).limit(100)).containsOnly(Fault.NONE);
    }

    private static List<Fault> draw(int count) {
        var settings = new SandboxSample()
                .errorRate(0.1)
                .rateLimitRate(0.2)
                .stallRate(0.05)
                .breakRate(0.15)
                .build();
        return Stream.generate(new Faults(settings)::next).limit(count).toList();
    }
}
