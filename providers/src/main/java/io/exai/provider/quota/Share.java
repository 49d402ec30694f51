package io.exai.provider.quota;

import java.time.Duration;
import java.util.Optional;

/** The permits of one quota that this node may use; owned by one actor, and touched by no other thread. */
public interface Share {
    /** What the owner hears for its share, and passes on. */
    sealed interface Signal permits Lease, Tick {}

    /** A moment has passed. */
    record Tick() implements Signal {}

    /** What the owner has to do after a signal. */
    enum Verdict {
        /** There may be free permits: let waiters have them. */
        LOOK,
        /** Everything in use is to be given back now: others may get it soon. */
        REVOKED
    }

    /** How often the owner has to pass on a {@link Tick}, if at all. */
    Optional<Duration> beat();

    /** Whether one more permit may be used at this very moment. */
    boolean isFree();

    /** Uses one permit; only when one is free. */
    void take();

    void giveBack();

    /** Says how many would use a permit if there were one. */
    void waiting(int count);

    Verdict hear(Signal signal);

    int inUse();

    /** Permits that this node has at present, used or not. */
    int leased();

    /** Permits that all nodes have together. */
    int limit();
}
