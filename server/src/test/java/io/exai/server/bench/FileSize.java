package io.exai.server.bench;

import io.exai.server.bench.load.LoadReport;
import io.exai.server.bench.process.LoadProcess;
import io.exai.server.bench.process.Server;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How large the embedded file is while many calls are journaled, after them, and after a clean stop. */
final class FileSize implements Section {
    private static final int CONNECTIONS = 8;
    private static final int LIMIT_SECONDS = 600;

    @Override
    public List<Row> measure(Plan plan) throws Exception {
        try (var daemon = Server.daemon(plan.server(), plan.jar(), CONNECTIONS)) {
            var largest = new AtomicLong();
            var report = watched(plan, daemon, largest);
            var before = daemon.dataSize();
            var begin = System.nanoTime();
            daemon.stop();
            var stop = (System.nanoTime() - begin) / 1e9;
            var figure = "H2 file, %d `chat` calls".formatted(report.calls());
            var sizes = "largest %s, at the end %s".formatted(megabytes(largest.get()), megabytes(before));
            var after = "after a clean stop of %.1f s: %s".formatted(stop, megabytes(daemon.dataSize()));
            var complete = report.calls() == plan.calls() && report.failures() == 0;
            var verdict = complete ? Verdict.INFORMATION : Verdict.MISSED;
            return List.of(new Row(figure, sizes, "", after, "all answered", verdict));
        }
    }

    private static LoadReport watched(Plan plan, Server daemon, AtomicLong largest) throws Exception {
        var watch = Executors.newSingleThreadScheduledExecutor();
        try {
            var look = watch.scheduleWithFixedDelay(
                    () -> largest.accumulateAndGet(daemon.dataSize(), Math::max), 0, 100, TimeUnit.MILLISECONDS);
            var options = LoadOptions.of(daemon, CONNECTIONS)
                    .chat()
                    .with("--warm-up=0", "--duration=" + LIMIT_SECONDS, "--calls=" + plan.calls());
            var report = LoadProcess.run(plan.generator(), options.list());
            Progress.say("%d calls in %.0f s, errors %s", report.calls(), report.seconds(), report.errors());
            look.cancel(false);
            return report;
        } finally {
            watch.shutdown();
        }
    }

    private static String megabytes(long bytes) {
        return "%.1f MB".formatted(bytes / 1024.0 / 1024.0);
    }
}
