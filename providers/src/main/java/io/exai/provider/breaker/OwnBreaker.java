package io.exai.provider.breaker;

import io.exai.provider.setting.BreakerSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The breaker of the only node there is. */
final class OwnBreaker implements Breaker {
    private static final String NODE = "own";

    private final Circuit circuit;
    private final LongSupplier clock;

    OwnBreaker(BreakerSettings settings, LongSupplier clock) {
        this.circuit = new Circuit(settings, clock.getAsLong());
        this.clock = clock;
    }

    @Override
    public Optional<Duration> beat() {
        return Optional.empty();
    }

    @Override
    public Admission admit() {
        long now = clock.getAsLong();
        return switch (circuit.phase(now)) {
            case CLOSED -> Admission.PASS;
            case OPEN -> Admission.REFUSE;
            case HALF_OPEN -> {
                boolean underWay = circuit.prober() != null;
                yield !underWay && circuit.grantProbe(NODE, now) ? Admission.PROBE : Admission.REFUSE;
            }
        };
    }

    /** No call has to wait. */
    @Override
    public Admission settle() {
        return Admission.REFUSE;
    }

    @Override
    public void ended(boolean healthy) {
        circuit.add(Tally.NONE.plus(healthy), clock.getAsLong());
    }

    @Override
    public void probed(boolean healthy) {
        circuit.decide(healthy, clock.getAsLong());
    }

    @Override
    public void abandoned() {
        circuit.forgetProbe();
    }

    @Override
    public void hear(Signal signal) {
        // there is nobody to hear from
    }

    @Override
    public Phase phase() {
        return circuit.phase(clock.getAsLong());
    }

    @Override
    public Duration remaining() {
        return circuit.remaining(clock.getAsLong());
    }
}
