package io.exai.server.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The built jar, running in a process of its own with nothing of our environment but what it is given. */
public final class JarProcess implements AutoCloseable {
    private static final Path JAR =
            Path.of(System.getProperty("exai.jar", "target/exai.jar")).toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** What lives for seconds, on few processors, never earns what the optimizing compiler costs. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    /** Four times what lives in a daemon with thousands of sessions. */
    private static final String HEAP = "-Xmx1g";

    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Lines out;
    private final Lines err;

    private JarProcess(Process process) {
        this.process = process;
        this.out = Lines.of(process.getInputStream());
        this.err = Lines.of(process.getErrorStream());
    }

    /** How a command ended. */
    public record Ending(int status, List<String> out, List<String> err) {}

    public static JarProcess start(Map<String, String> environment, List<String> arguments) throws IOException {
        return start(ClassArchive.options(JAR), environment, arguments);
    }

    /** With these options of the JVM, beside those that all have. */
    static JarProcess start(List<String> options, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), HEAP, QUICK));
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv().getOrDefault("PATH", ""));
        builder.environment().putAll(environment);
        return new JarProcess(builder.start());
    }

    /** Runs a command that ends by itself. */
    static Ending run(Map<String, String> environment, String... arguments) throws Exception {
        try (JarProcess process = start(environment, List.of(arguments))) {
            return process.ending(START);
        }
    }

    /** The first line of either stream that matches; the process must still be running then. */
    MatchResult awaitLine(Pattern pattern) throws Exception {
        Await.until("a line like " + pattern, START, () -> find(pattern) || !process.isAlive());
        Optional<MatchResult> line = out.find(pattern).or(() -> err.find(pattern));
        if (line.isEmpty()) {
            throw new AssertionError("ended early: " + ending(START));
        }
        return line.get();
    }

    private boolean find(Pattern pattern) {
        return out.find(pattern).isPresent() || err.find(pattern).isPresent();
    }

    public List<String> errors() {
        return err.all();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: nothing of the process gets a last word. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM. */
    public Ending stop(Duration patience) throws Exception {
        process.destroy();
        return ending(patience);
    }

    public Ending ending(Duration patience) throws Exception {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + patience + ": " + err.all());
        }
        return new Ending(
                process.exitValue(), out.complete(Duration.ofSeconds(5)), err.complete(Duration.ofSeconds(5)));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
