package io.exai.server.bench.process;

/**
 * What a yardstick reached.
 *
 * @param perSecond echoes or events
 * @param cpuMicros processor time of its process for each of them
 */
public record Rate(double perSecond, double cpuMicros) {}
