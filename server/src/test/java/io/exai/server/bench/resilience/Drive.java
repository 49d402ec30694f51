package io.exai.server.bench.resilience;

import io.exai.server.bench.load.LoadReport;
import io.exai.server.bench.process.LoadProcess;
import io.exai.server.bench.process.Placement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Runs the generator of {@code bench.load} against some daemons at once, connections spread evenly over them. */
record Drive(List<Integer> ports, List<Long> pids) {
    static final int CLIENTS = 48;

    private static final int WARM_UP_CALLS = 60_000;

    static Drive of(Arena arena) {
        return new Drive(
                IntStream.range(0, Arena.NODES).mapToObj(arena::port).toList(),
                IntStream.range(0, Arena.NODES).mapToObj(arena::pid).toList());
    }

    /** Daemons that know nothing of each other. */
    static Drive of(List<Lone> strangers) {
        return new Drive(
                strangers.stream().map(Lone::port).toList(),
                strangers.stream().map(Lone::pid).toList());
    }

    static void warmUp(Arena arena) throws Exception {
        Drive.of(arena).warmUp();
    }

    /** Until the daemons' code is compiled, a minute and a half at most. */
    void warmUp() throws IOException, InterruptedException {
        LoadReport chat = run(chat(CLIENTS, "--warm-up=0", "--duration=60", "--calls=" + WARM_UP_CALLS));
        LoadReport version = run(options(CLIENTS, "--warm-up=0", "--duration=30", "--calls=" + 2 * WARM_UP_CALLS));
        say("warm-up chat", chat);
        say("warm-up version", version);
    }

    /** Closed loop of {@code chat}. */
    LoadReport chat(int clients, Duration window) throws IOException, InterruptedException {
        LoadReport report = run(chat(clients, "--warm-up=2", "--duration=" + window.toMillis() / 1000.0));
        say("chat", report);
        if (report.failures() > 0) {
            throw new IOException("calls failed: " + report.errors());
        }
        return report;
    }

    /** That many sessions with an open connection that do nothing. */
    LoadProcess idle(int sessions) throws IOException {
        return LoadProcess.idle(Placement.ANYWHERE, options(sessions, "--idle"));
    }

    /** Processor time of the daemons since they were started, in seconds. */
    double processorSeconds() {
        return pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(handle -> handle.info().totalCpuDuration().stream())
                .mapToDouble(time -> time.toNanos() / 1e9)
                .sum();
    }

    private static LoadReport run(List<String> options) throws IOException, InterruptedException {
        return LoadProcess.run(Placement.ANYWHERE, options);
    }

    private List<String> chat(int clients, String... more) {
        List<String> options = options(clients, more);
        options.addAll(
                List.of("--tool", "chat", "--arguments", "{\"prompt\":\"Hello #\",\"model\":\"" + Speed.MODEL + "\"}"));
        return options;
    }

    private List<String> options(int connections, String... more) {
        List<String> options = new ArrayList<>(List.of("--connections=" + connections));
        ports.forEach(port -> options.add("--port=" + port));
        pids.forEach(pid -> options.add("--pid=" + pid));
        options.addAll(List.of(more));
        return options;
    }

    private void say(String what, LoadReport report) {
        System.err.printf(
                Locale.ROOT,
                "   %s on %d: %.0f calls/s, p50 %.2f ms, p99 %.1f ms, %.0f us of the daemons each, errors %s%n",
                what,
                ports.size(),
                report.rate(),
                report.p50(),
                report.p99(),
                report.cpuMicros(),
                report.errors());
    }
}
