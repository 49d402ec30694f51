package io.exai.server.bench.load;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what is answered within the measured time. */
final class Tally {
    private final Histogram latencies = new Histogram();
    private final Map<String, Long> errors = new TreeMap<>();
    private final List<Long> servers;
    private final long from;
    private final long to;
    private long calls;
    private Usage serversBefore = new Usage(0, 0);
    private Usage selfBefore = new Usage(0, 0);
    private boolean measuring;

    /** Times as {@link System#nanoTime} tells them. */
    Tally(List<Long> servers, long from, long to) {
        this.servers = servers;
        this.from = from;
        this.to = to;
    }

    /** To be called often: notices that the measured time has begun. */
    void tick(long now) {
        if (!measuring && now - from >= 0) {
            measuring = true;
            serversBefore = Usage.of(servers);
            selfBefore = self();
        }
    }

    boolean isOver(long now) {
        return now - to >= 0;
    }

    void answered(long since, long now) {
        if (now - from >= 0 && now - to < 0) {
            calls++;
            latencies.add(now - since);
        }
    }

    void failed(String why) {
        errors.merge(why, 1L, Long::sum);
    }

    /** To be called as soon as the measured time is over, or the last of a number of calls answered. */
    LoadReport report(int connections, int open, long now) {
        var seconds = Math.max(1, (isOver(now) ? to : now) - from) / 1e9;
        return new LoadReport(
                connections,
                open,
                calls,
                seconds,
                calls / seconds,
                latencies.percentile(0.5),
                latencies.percentile(0.99),
                latencies.percentile(1),
                errors,
                (Usage.of(servers).cpuSeconds() - serversBefore.cpuSeconds()) / seconds,
                (self().cpuSeconds() - selfBefore.cpuSeconds()) / seconds,
                Usage.of(servers).residentKb() / 1024);
    }

    private static Usage self() {
        return Usage.of(ProcessHandle.current().pid());
    }
}
