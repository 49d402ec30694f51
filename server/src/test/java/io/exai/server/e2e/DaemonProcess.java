package io.exai.server.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A daemon on a port and a data folder that stay the same over its restarts. */
public final class DaemonProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready on http://[^:]+:([0-9]+) after ([0-9]+) ms");
    private static final Duration STOP = Duration.ofSeconds(40);

    private final Path data;
    private final Map<String, String> environment;
    private final List<String> options;
    private JarProcess process;
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
            readyAfterMillis = Integer.parseInt(ready.group(2));
        } catch (Exception | AssertionError failed) {
            process.close();
            throw failed;
        }
    }

    public int port() {
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

    @Override
    public void close() {
        killChild();
        process.close();
    }
}
