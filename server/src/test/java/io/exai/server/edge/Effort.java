package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.TestReporter;

/** Processor time that messages take: unlike time, it does not depend on what else the machine does. */
final class Effort {
    private static final Duration MOST = Duration.ofMillis(50);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long[] nanos;
    private int messages;

    Effort(int messages) {
        this.nanos = new long[messages];
    }

    /** What this thread has used, in nanoseconds. */
    static long ofThisThread() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** What all threads that live have used, in nanoseconds; not what the JVM itself does for them. */
    static long ofAllThreads() {
        return Arrays.stream(THREADS.getThreadCpuTime(THREADS.getAllThreadIds()))
                .filter(each -> each > 0)
                .sum();
    }

    /** Fails when it took too long. */
    void took(long each, String message) {
        assertThat(Duration.ofNanos(each)).as(message).isLessThanOrEqualTo(MOST);
        nanos[messages++] = each;
    }

    void report(TestReporter reporter) {
        long[] sorted = Arrays.copyOf(nanos, messages);
        Arrays.sort(sorted);
        reporter.publishEntry(Map.of(
                "messages", String.valueOf(messages),
                "median us of processor time", String.valueOf(sorted[messages / 2] / 1_000),
                "p999 us", String.valueOf(sorted[(int) (messages * 0.999)] / 1_000),
                "most us", String.valueOf(sorted[messages - 1] / 1_000)));
    }
}
