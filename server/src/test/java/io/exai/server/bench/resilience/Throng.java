package io.exai.server.bench.resilience;

import io.exai.server.bench.Median;
import io.exai.server.bench.load.LoadReport;
import io.exai.server.bench.process.LoadProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a call costs while few sessions are open, and while many are; the same few have calls. */
final class Throng {
    private static final int FEW = 100;
    private static final int MANY = 10_000;
    private static final int ROUNDS = 4;
    private static final double AIM = 1.2;

    private final Drive drive;
    private final Duration window;

    /** What calls cost with so many sessions open: processor time of all daemons for each, and the median time. */
    private record Cost(List<Double> micros, List<Double> median) {
        static Cost none() {
            return new Cost(new ArrayList<>(), new ArrayList<>());
        }
    }

    private Throng(Drive drive, Duration window) {
        this.drive = drive;
        this.window = window;
    }

    static List<Speed.Line> measure(Arena arena, Duration window) throws Exception {
        Throng throng = new Throng(Drive.of(arena), window);
        Cost few = Cost.none();
        Cost many = Cost.none();
        for (int round = 0; round < ROUNDS; round++) {
            throng.round(FEW, few);
            throng.round(MANY, many);
        }
        return List.of(
                new Speed.Line(
                        "processor time of the daemons for a `chat`, 100 and 10,000 sessions open",
                        "us",
                        Median.of(few.micros()),
                        Median.of(many.micros()),
                        AIM,
                        true),
                new Speed.Line(
                        "p50 of `chat`, the same", "ms", Median.of(few.median()), Median.of(many.median()), AIM, true));
    }

    private void round(int sessions, Cost cost) throws IOException, InterruptedException {
        try (LoadProcess idle = drive.idle(sessions)) {
            Thread.sleep(5_000);
            double resting = resting();
            LoadReport report = drive.chat(Drive.CLIENTS, window);
            int open = idle.release().open();
            if (open != sessions) {
                throw new IOException(open + " sessions stayed open (expected: " + sessions + ")");
            }
            double micros = report.cpuMicros() - resting * 1e6 / report.rate();
            System.err.printf(
                    "   %d sessions: %.3f processors at rest, %.0f us a call beyond%n", sessions, resting, micros);
            cost.micros().add(micros);
            cost.median().add(report.p50());
        }
    }

    /** Processors that the daemons use while nobody calls. */
    private double resting() throws InterruptedException {
        long begin = System.nanoTime();
        double before = drive.processorSeconds();
        Thread.sleep(window.toMillis());
        return (drive.processorSeconds() - before) * 1e9 / (System.nanoTime() - begin);
    }
}
