package io.exai.server.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The live heap of another JVM, as its own histogram sums it up. */
public final class Heap {
    private Heap() {}

    /** Bytes that are reachable after full collections; the second finds what the first one's cleaners let go. */
    public static long live(long pid) throws IOException, InterruptedException {
        histogram(pid);
        return histogram(pid);
    }

    /** Collects, then counts objects. */
    private static long histogram(long pid) throws IOException, InterruptedException {
        var jcmd = new ProcessBuilder(JavaProcess.jdk("jcmd"), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!jcmd.waitFor(60, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
            throw new IOException("jcmd: " + text);
        }
        var total = text.substring(text.lastIndexOf("Total")).trim().split("\\s+", -1);
        return Long.parseLong(total[2]);
    }
}
