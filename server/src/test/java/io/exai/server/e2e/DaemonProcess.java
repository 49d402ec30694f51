package io.exai.server.e2e;

import io.exai.server.tap.Tap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A daemon on a port and a data folder that stay the same over its restarts; it must not say what no schema allows. */
public final class DaemonProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready on http://[^:]+:([0-9]+) after ([0-9]+) ms");
    private static final Duration STOP = Duration.ofSeconds(40);

    private final Path data;
    private final Map<String, String> environment;
    private final List<String> options;
    private JarProcess process;
    private @Nullable Tap tap;
    private int port;
    private int readyAfterMillis;

    private DaemonProcess(int port, Path data, Map<String, String> environment, List<String> options)
            throws IOException {
        this.port = port;
        this.data = data;
        this.environment = environment;
        this.options = options;
        this.process = launch();
    }

    /** {@code options} are those of {@code exai serve}, beside port and data folder. */
    public static DaemonProcess start(Path data, Map<String, String> environment, String... options) throws Exception {
        return start(0, data, environment, options);
    }

    /** As {@link #start(Path, Map, String...)}, on that port. */
    static DaemonProcess start(int port, Path data, Map<String, String> environment, String... options)
            throws Exception {
        DaemonProcess daemon = new DaemonProcess(port, data, environment, List.of(options));
        daemon.awaitReady();
        return daemon;
    }

    private JarProcess launch() throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("serve", "--port", String.valueOf(port), "--data-dir", data.toString()));
        arguments.addAll(options);
        return JarProcess.start(environment, arguments);
    }

    private void awaitReady() throws Exception {
        try {
            MatchResult ready = process.awaitLine(READY);
            port = Integer.parseInt(ready.group(1));
            tap = tap == null ? Tap.before(port) : tap;
            readyAfterMillis = Integer.parseInt(ready.group(2));
        } catch (Exception | AssertionError failed) {
            process.close();
            throw failed;
        }
    }

    /** Where clients connect: every message that goes to them is held against its schema. */
    public int port() {
        return Objects.requireNonNull(tap).port();
    }

    /** Where the daemon itself listens. */
    int ownPort() {
        return port;
    }

    /** By its own account, at the latest start. */
    int readyAfterMillis() {
        return readyAfterMillis;
    }

    /** Kills the process that a supervisor has started. */
    void killChild() {
        ProcessHandle.of(process.pid()).stream()
                .flatMap(ProcessHandle::children)
                .forEach(ProcessHandle::destroyForcibly);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    public List<String> log() {
        return process.errors();
    }

    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Asks it to end and waits until it has. */
    JarProcess.Ending stop() throws Exception {
        return process.stop(STOP);
    }

    /** Starts it again after {@link #kill()} or {@link #stop()}. */
    public void restart() throws Exception {
        process = launch();
        awaitReady();
    }

    /** Fails when one of its messages was not valid. */
    @Override
    public void close() {
        killChild();
        process.close();
        if (tap != null) {
            tap.close();
            if (!tap.violations().isEmpty()) {
                throw new AssertionError("messages that no schema allows: " + tap.violations());
            }
        }
    }
}
