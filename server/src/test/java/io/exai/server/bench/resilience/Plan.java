package io.exai.server.bench.resilience;

import java.time.Duration;

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
 */
record Plan(int sessions, int calls, Duration duration, Duration every, Duration down, Duration window, long seed) {}
