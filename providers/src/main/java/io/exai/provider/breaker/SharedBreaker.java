package io.exai.provider.breaker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A node's view of a breaker that the whole cluster has in common. Tells of failures at once, of the rest in time; obeys
 * what it last heard while nothing newer comes.
 */
final class SharedBreaker implements Breaker {
    /** How often a node tells how its calls ended, and that it is there. */
    static final Duration BEAT = Duration.ofMillis(500);

    /** So many beats a call waits to hear whether it is the probe. */
    private static final int PATIENCE = 2;

    private final LongSupplier clock;
    private final Consumer<BreakerDesk.Account> desk;
    private Tally untold = Tally.NONE;
    private Phase phase = Phase.CLOSED;
    private long reopensAt;
    private boolean granted;
    private boolean probing;
    private int beatsToWait;

    /**
     * @param desk takes accounts to wherever the cluster's breaker is; they may get lost
     */
    SharedBreaker(LongSupplier clock, Consumer<BreakerDesk.Account> desk) {
        this.clock = clock;
        this.desk = desk;
        tell(BreakerDesk.Probe.NONE);
    }

    @Override
    public Optional<Duration> beat() {
        return Optional.of(BEAT);
    }

    @Override
    public Admission admit() {
        return switch (phase()) {
            case CLOSED -> Admission.PASS;
            case OPEN -> Admission.REFUSE;
            case HALF_OPEN -> probe();
        };
    }

    private Admission probe() {
        if (probing) {
            return Admission.REFUSE;
        }
        if (granted) {
            granted = false;
            probing = true;
            return Admission.PROBE;
        }
        if (beatsToWait > 0) {
            return Admission.REFUSE;
        }
        beatsToWait = PATIENCE;
        tell(BreakerDesk.Probe.WANTED);
        return Admission.WAIT;
    }

    @Override
    public Admission settle() {
        if (phase() == Phase.CLOSED) {
            return Admission.PASS;
        }
        if (granted) {
            return probe();
        }
        return phase() == Phase.HALF_OPEN && beatsToWait > 0 ? Admission.WAIT : Admission.REFUSE;
    }

    @Override
    public void ended(boolean healthy) {
        untold = untold.plus(healthy);
        if (!healthy && phase == Phase.CLOSED) {
            tell(BreakerDesk.Probe.NONE);
        }
    }

    @Override
    public void probed(boolean healthy) {
        probing = false;
        tell(healthy ? BreakerDesk.Probe.HEALTHY : BreakerDesk.Probe.FAILED);
    }

    @Override
    public void abandoned() {
        probing = false;
        tell(BreakerDesk.Probe.ABANDONED);
    }

    @Override
    public void hear(Signal signal) {
        if (signal instanceof Verdict verdict) {
            phase = verdict.phase();
            reopensAt =
                    clock.getAsLong() + Duration.ofMillis(verdict.openMillis()).toNanos();
            granted = verdict.probe() && !probing;
            beatsToWait = verdict.asked() ? 0 : beatsToWait;
        } else {
            beatsToWait = Math.max(0, beatsToWait - 1);
            tell(probing ? BreakerDesk.Probe.RUNNING : unused());
        }
    }

    /** A probe that nobody had a use for is for others. */
    private BreakerDesk.Probe unused() {
        boolean mine = granted;
        granted = false;
        return mine ? BreakerDesk.Probe.ABANDONED : BreakerDesk.Probe.NONE;
    }

    /** An open breaker becomes half-open by time alone. */
    @Override
    public Phase phase() {
        boolean over = phase == Phase.OPEN && clock.getAsLong() - reopensAt >= 0;
        return over ? Phase.HALF_OPEN : phase;
    }

    @Override
    public Duration remaining() {
        return phase() == Phase.OPEN ? Duration.ofNanos(reopensAt - clock.getAsLong()) : Duration.ZERO;
    }

    private void tell(BreakerDesk.Probe probe) {
        desk.accept(new BreakerDesk.Account(untold, probe, remaining().toMillis()));
        untold = Tally.NONE;
    }
}
