package io.exai.server.e2e;

import java.time.Duration;
import java.util.function.Predicate;

/** Looks again and again until something is so, and never longer than it was told. */
public final class Await {
    private static final long PAUSE_MILLIS = 5;

    private Await() {}

    /** One look at the world. */
    @FunctionalInterface
    public interface Probe<T> {
        T look() throws Exception;
    }

    /**
     * The first look that satisfies.
     *
     * @throws AssertionError naming {@code what} and the last look when patience is over
     */
    public static <T> T until(String what, Duration patience, Probe<T> probe, Predicate<T> satisfied) throws Exception {
        long giveUp = System.nanoTime() + patience.toNanos();
        while (true) {
            T seen = probe.look();
            if (satisfied.test(seen)) {
                return seen;
            }
            if (System.nanoTime() >= giveUp) {
                throw new AssertionError("not within " + patience.toMillis() + " ms: " + what + "; last seen: " + seen);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    public static void until(String what, Duration patience, Probe<Boolean> probe) throws Exception {
        until(what, patience, probe, Boolean::booleanValue);
    }

    /** Lets time pass until that long after {@code since}, a reading of {@link System#nanoTime()}. */
    static void passed(long since, Duration time) throws Exception {
        until("time passes", time.plusSeconds(5), () -> System.nanoTime() - since >= time.toNanos());
    }
}
