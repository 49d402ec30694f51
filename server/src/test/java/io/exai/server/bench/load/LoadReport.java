package io.exai.server.bench.load;

import java.util.Map;

/**
 * What a run came to; one line of JSON on the wire between the generator and the benchmark.
 *
 * @param open connections that were open at the end
 * @param rate calls a second that were answered without an error
 * @param errors how often each error was seen; no such answer counts as a call
 * @param serverCores processors that the watched processes used
 * @param serverMb their resident memory at the end
 */
public record LoadReport(
        int connections,
        int open,
        long calls,
        double seconds,
        double rate,
        double p50,
        double p99,
        double max,
        Map<String, Long> errors,
        double serverCores,
        double generatorCores,
        long serverMb) {
    /** Processor time of the watched processes for each call. */
    public double cpuMicros() {
        return serverCores * 1e6 / rate;
    }

    public long failures() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }
}
