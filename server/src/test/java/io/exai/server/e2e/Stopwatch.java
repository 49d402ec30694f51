package io.exai.server.e2e;

import java.time.Duration;
import org.junit.jupiter.api.TestReporter;

/** Tells the report of a test how long something took. */
record Stopwatch(TestReporter reporter, long begin) {
    static Stopwatch start(TestReporter reporter) {
        return new Stopwatch(reporter, System.nanoTime());
    }

    void report(String what) {
        reporter.publishEntry(what, String.valueOf(time().toMillis()));
    }

    Duration time() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Waits until so much time has passed since the start. */
    void await(Duration time) throws Exception {
        Await.passed(begin, time);
    }
}
