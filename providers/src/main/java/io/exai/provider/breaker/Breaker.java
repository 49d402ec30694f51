package io.exai.provider.breaker;

import java.time.Duration;
import java.util.Optional;

/** One provider's breaker as a node sees it; owned by one actor, and touched by no other thread. */
public interface Breaker {
    /** What the owner hears for its breaker, and passes on. */
    sealed interface Signal permits Verdict, Beat {}

    /** A moment has passed. */
    record Beat() implements Signal {}

    /** What becomes of a call. */
    enum Admission {
        PASS,
        /** It passes, and its end decides for all. */
        PROBE,
        /** It may be the probe: the owner asks again after the next signal. */
        WAIT,
        REFUSE
    }

    /** How often the owner has to pass on a {@link Beat}, if at all. */
    Optional<Duration> beat();

    /** What becomes of a call that comes now. */
    Admission admit();

    /** What becomes of the call that waited, after each signal. */
    Admission settle();

    /** A call that passed has ended. */
    void ended(boolean healthy);

    /** The probe has ended and decides. */
    void probed(boolean healthy);

    /** The probe was given up before its end: it decides nothing. */
    void abandoned();

    void hear(Signal signal);

    Phase phase();

    /** How long it stays open; zero when it is not. */
    Duration remaining();
}
