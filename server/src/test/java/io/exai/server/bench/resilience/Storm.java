package io.exai.server.bench.resilience;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/** One fault after the other until the time is over: at nodes by chance, or at each node in turn. */
final class Storm {
    private final Fault fault;
    private final Plan plan;

    /**
     * One of its faults.
     *
     * @param at by {@link System#nanoTime()}
     * @param moment the same, by the clock on the wall
     */
    record Strike(int victim, long at, Instant moment) {}

    Storm(Fault fault, Plan plan) {
        this.fault = fault;
        this.plan = plan;
    }

    List<Strike> over(Arena arena) throws Exception {
        return over(arena, (strike, next) -> {});
    }

    /** {@code aftermath} is told of each fault when the next may come, and of that moment; nodes that live still have their logs. */
    List<Strike> over(Arena arena, BiConsumer<Strike, Instant> aftermath) throws Exception {
        List<Strike> strikes = new ArrayList<>();
        Random random = new Random(plan.seed());
        long end = System.nanoTime() + plan.duration().toNanos();
        while (System.nanoTime() < end && (fault != Fault.ROLLING || strikes.size() < Arena.NODES)) {
            int victim = fault == Fault.ROLLING ? strikes.size() : random.nextInt(Arena.NODES);
            Strike strike = new Strike(victim, System.nanoTime(), Instant.now());
            strikes.add(strike);
            System.err.println("   fault at node " + victim);
            fault.strike(arena, victim, plan.down());
            arena.awaitReady(victim);
            System.err.println("   ready after " + millisSince(strike) + " ms");
            Thread.sleep(Math.max(0, plan.every().toMillis() - millisSince(strike)));
            aftermath.accept(strike, Instant.now());
        }
        return strikes;
    }

    private static long millisSince(Strike strike) {
        return (System.nanoTime() - strike.at()) / 1_000_000;
    }
}
