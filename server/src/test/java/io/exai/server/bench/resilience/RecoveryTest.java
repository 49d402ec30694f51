package io.exai.server.bench.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.e2e.SandboxProcess.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final Instant FAULT = Instant.parse("2026-05-04T03:02:01Z");
    private static final Map<String, Integer> LIMITS = Map.of("kimi", 2, "glm", 1);

    private final Map<String, Occupation> vendors = Map.of("kimi", visits(0, 7000), "glm", visits(6500));

    @Test
    void lastsUntilTheLastVendorIsFull() {
        Recovery recovery = recovery(FAULT.plusSeconds(6), 20);
        assertThat(recovery.settling()).contains(Duration.ofSeconds(6));
        assertThat(recovery.filling(LIMITS, vendors)).contains(Duration.ofSeconds(1));
        assertThat(recovery.whole(LIMITS, vendors)).contains(Duration.ofSeconds(7));
    }

    @Test
    void isOverAtOnceWhenAllAreFullAlready() {
        assertThat(recovery(FAULT.plusSeconds(8), 20).filling(LIMITS, vendors)).contains(Duration.ZERO);
    }

    @Test
    void endsWhereTheNextFaultCanCome() {
        assertThat(recovery(FAULT.plusSeconds(6), 7).filling(LIMITS, vendors)).contains(Duration.ofSeconds(1));
        assertThat(recovery(FAULT.plusSeconds(5), 6).filling(LIMITS, vendors)).isEmpty();
    }

    @Test
    void isNotKnownWhenTheFaultNeverSettled() {
        Recovery recovery = recovery(null, 20);
        assertThat(recovery.settling()).isEmpty();
        assertThat(recovery.filling(LIMITS, vendors)).isEmpty();
        assertThat(recovery.whole(LIMITS, vendors)).isEmpty();
    }

    private static Recovery recovery(@Nullable Instant settled, int nextSecond) {
        return new Recovery(new Storm.Strike(1, 0, FAULT), settled, FAULT.plusSeconds(nextSecond));
    }

    private static Occupation visits(int... arrivals) {
        return Occupation.of(IntStream.of(arrivals)
                .mapToObj(arrival -> new Visit("", "", "ok", "", FAULT.plusMillis(arrival), null))
                .toList());
    }
}
