package io.exai.provider.breaker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How the providers of this node are, as far as their actors know; for use by any thread. */
public final class Health {
    private final Map<String, State> states = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final LongSupplier clock;

    private record State(Phase phase, long reopensAt, long pausedUntil) {}

    /**
     * All are well.
     *
     * @param clock as {@link System#nanoTime}
     */
    public Health(LongSupplier clock) {
        this.clock = clock;
    }

    /** Tells what is new of a provider. */
    public void tell(String provider, Phase phase, Duration open, Duration pause) {
        long now = clock.getAsLong();
        State before = states.put(provider, new State(phase, now + open.toNanos(), now + pause.toNanos()));
        Phase known = before == null ? Phase.CLOSED : before.phase();
        if (known != phase) {
            changes.incrementAndGet();
        }
    }

    /** What the provider's breaker does now. */
    public Phase phase(String provider) {
        State state = states.get(provider);
        if (state == null) {
            return Phase.CLOSED;
        }
        return isOver(state) ? Phase.HALF_OPEN : state.phase();
    }

    /** Whether the provider has asked to be left alone. */
    public boolean isPaused(String provider) {
        State state = states.get(provider);
        return state != null && clock.getAsLong() - state.pausedUntil() < 0;
    }

    /** Another number than before means that a breaker has opened or closed, or may be tried again. */
    public long changes() {
        return changes.get() + states.values().stream().filter(this::isOver).count();
    }

    /** An open breaker becomes half-open by time alone: nobody tells of it. */
    private boolean isOver(State state) {
        return state.phase() == Phase.OPEN && clock.getAsLong() - state.reopensAt() >= 0;
    }
}
