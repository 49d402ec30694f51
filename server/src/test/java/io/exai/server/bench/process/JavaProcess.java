package io.exai.server.bench.process;

import io.exai.persistence.fixture.TemporaryFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A child JVM with a temporary folder of its own and without our environment; it does not outlive us. */
final class JavaProcess implements AutoCloseable {
    /** Without it the common pool of one processor starts a thread for each stage of a future. */
    private static final String COMMON_POOL = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2";

    private static final List<String> KEPT = List.of("PATH", "HOME", "LANG", "TMPDIR");

    private final Process process;
    private final TemporaryFolder folder;
    private final Thread atExit;

    private JavaProcess(Process process, TemporaryFolder folder) {
        this.process = process;
        this.folder = folder;
        this.atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** The arguments that start a main class of our own class path. */
    static List<String> arguments(Class<?> main, List<String> arguments) {
        var all = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        all.addAll(arguments);
        return all;
    }

    /** Its output can be read, its standard error goes to a file. */
    static JavaProcess program(Placement placement, Class<?> main, List<String> arguments) throws IOException {
        var folder = TemporaryFolder.create("exai-bench");
        var builder = builder(placement, folder, arguments(main, arguments));
        return new JavaProcess(builder.redirectError(log(folder).toFile()).start(), folder);
    }

    /** All that it prints goes to a file. */
    static JavaProcess server(Placement placement, List<String> arguments, Map<String, String> environment)
            throws IOException {
        var folder = TemporaryFolder.create("exai-bench");
        var builder = builder(placement, folder, arguments);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(log(folder).toFile());
        return new JavaProcess(builder.start(), folder);
    }

    private static ProcessBuilder builder(Placement placement, TemporaryFolder folder, List<String> arguments) {
        var command = new ArrayList<>(List.of(jdk("java"), COMMON_POOL, "-Djava.io.tmpdir=" + folder.path()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(placement.command(command));
        builder.environment().keySet().retainAll(KEPT);
        return builder;
    }

    /** The path of a program of the JDK that runs us. */
    static String jdk(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    BufferedReader output() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    /** Ends its standard input. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for it to end well. */
    void await(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("still running after " + limit.toSeconds() + " s\n" + Files.readString(log(folder)));
        }
        if (process.exitValue() != 0) {
            throw new IOException("exit status " + process.exitValue() + "\n" + Files.readString(log(folder)));
        }
    }

    /** Why it is not there any more. */
    IOException gone(String what) throws IOException {
        return new IOException(what + "\n" + Files.readString(log(folder)));
    }

    /** Asks it to stop (SIGTERM) and waits; kills it when the time is over. True when it stopped by itself. */
    boolean stop(Duration limit) throws InterruptedException {
        process.destroy();
        var stopped = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        process.destroyForcibly();
        return stopped;
    }

    /** Kills it if it still runs. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
        folder.delete();
    }

    private static Path log(TemporaryFolder folder) {
        return folder.path().resolve("log");
    }
}
