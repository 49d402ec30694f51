package io.exai.server.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a process has used, from {@code /proc}; zeros when it is gone or the system has none.
 *
 * @param cpuSeconds user and system time since its start
 * @param residentKb resident memory now
 */
public record Usage(double cpuSeconds, long residentKb) {
    private static final double TICKS_A_SECOND = 100;

    static Usage of(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            var fields = Arrays.asList(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            var ticks = Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
            return new Usage(ticks / TICKS_A_SECOND, Long.parseLong(fields.get(21)) * 4);
        } catch (IOException gone) {
            return new Usage(0, 0);
        }
    }

    static Usage of(Iterable<Long> pids) {
        var sum = new Usage(0, 0);
        for (var pid : pids) {
            var one = of(pid);
            sum = new Usage(sum.cpuSeconds + one.cpuSeconds, sum.residentKb + one.residentKb);
        }
        return sum;
    }
}
