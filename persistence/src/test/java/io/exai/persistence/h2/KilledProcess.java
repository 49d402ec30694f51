package io.exai.persistence.h2;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs {@link AcknowledgingWriter} in a JVM of its own, kills it, and knows what it had promised. */
final class KilledProcess {
    private final Map<String, Long> acknowledged = new HashMap<>();
    private final CompletableFuture<Boolean> firstLine = new CompletableFuture<>();
    private final Process process;
    private final Thread reader;
    private final boolean stopping;
    private boolean compacting;
    private int compactions;

    private KilledProcess(Process process, boolean stopping) {
        this.process = process;
        this.stopping = stopping;
        reader = new Thread(this::read, "output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns when the process has acknowledged something. */
    static KilledProcess startWriting(Path dataDir) throws Exception {
        return start(dataDir, "write");
    }

    /** Returns when the process has begun to rewrite the file, as on a clean stop. */
    static KilledProcess startStopping(Path dataDir) throws Exception {
        return start(dataDir, "stop");
    }

    private static KilledProcess start(Path dataDir, String mode) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AcknowledgingWriter.class.getName(),
                        dataDir.toString(),
                        mode)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var killed = new KilledProcess(process, mode.equals("stop"));
        killed.firstLine.get(60, TimeUnit.SECONDS);
        return killed;
    }

    /** SIGKILL; returns when all it had written was read. */
    void kill(Duration after) throws InterruptedException {
        process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /** The highest count acknowledged, by entity. */
    Map<String, Long> acknowledged() {
        return acknowledged;
    }

    boolean diedWhileCompacting() {
        return compacting;
    }

    /** How many times something was copied. */
    int compactions() {
        return compactions;
    }

    private void read() {
        try (var lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            System.err.println("output ended: " + e.getMessage());
        }
        firstLine.complete(false);
    }

    private void take(String line) {
        var words = line.split(" ", -1);
        switch (words[0]) {
            case "compacting" -> {
                compacting = true;
                if (stopping) {
                    firstLine.complete(true);
                }
            }
            case "compacted" -> {
                compacting = false;
                compactions += words.length == 2 && words[1].equals("true") ? 1 : 0;
            }
            default -> {
                if (words.length == 2 && words[0].startsWith("tally-") && !words[1].isEmpty()) {
                    acknowledged.merge(words[0], Long.parseLong(words[1]), Math::max);
                    firstLine.complete(true);
                }
            }
        }
    }
}
