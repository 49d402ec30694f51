package io.exai.server.bench.resilience;

import java.time.Duration;
import java.util.List;

/**
 * How much is done.
 *
 * @param sessions clients of the scenarios that only count what clients feel
 * @param calls each of them keeps in flight
 * @param duration of a scenario, or of each of its parts
 * @param every from one fault to the next
 * @param down how long a killed node stays away
 * @param window of one measurement of speed
 * @param seed of the generator that chooses victims
 * @param settings of every node in the scenarios of faults, {@code key=value}
 */
record Plan(
        int sessions,
        int calls,
        Duration duration,
        Duration every,
        Duration down,
        Duration window,
        long seed,
        List<String> settings) {}
