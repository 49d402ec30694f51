package io.exai.server.bench.process;

import io.exai.persistence.fixture.TemporaryFolder;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server under load, the daemon or the yardstick, on a free port and ready for connections. */
public final class Server implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final JavaProcess process;
    private final int port;
    private final @Nullable TemporaryFolder data;
    private final Duration startUp;

    private Server(JavaProcess process, int port, @Nullable TemporaryFolder data, Duration startUp) {
        this.process = process;
        this.port = port;
        this.data = data;
        this.startUp = startUp;
    }

    /** A main class of our class path that takes its port as its argument. */
    public static Server yardstick(Placement placement, Class<?> main) throws IOException, InterruptedException {
        var port = freePort();
        var begin = System.nanoTime();
        var arguments = JavaProcess.arguments(main, List.of(Integer.toString(port)));
        var process = JavaProcess.server(placement, arguments, Map.of());
        return new Server(process, port, null, awaitReady(process, port, begin));
    }

    /** On the embedded journal. */
    public static Server daemon(Placement placement, Path jar, int inFlight) throws IOException, InterruptedException {
        return daemon(placement, jar, inFlight, Map.of());
    }

    /** The jar with a data folder of its own, the sandbox for a model, and room for {@code inFlight} calls at once. */
    public static Server daemon(Placement placement, Path jar, int inFlight, Map<String, String> settings)
            throws IOException, InterruptedException {
        var data = TemporaryFolder.create("exai-bench");
        var port = freePort();
        var environment = new HashMap<>(settings);
        environment.put("EXAI_SANDBOX", "on");
        environment.put("EXAI_DATA_DIR", data.path().toString());
        environment.put("EXAI_WS_GLOBAL_MAX_INFLIGHT", Integer.toString(inFlight));
        var command = List.of("-jar", jar.toString(), "serve", "--port", Integer.toString(port));
        var begin = System.nanoTime();
        var process = JavaProcess.server(placement, command, environment);
        return new Server(process, port, data, awaitReady(process, port, begin));
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** From the start of the process to the first 200 of {@code /ready}. */
    public Duration startUp() {
        return startUp;
    }

    /** Bytes in the files of the data folder, 0 without one. */
    public long dataSize() {
        var files = data == null ? null : data.path().toFile().listFiles();
        return files == null ? 0 : Stream.of(files).mapToLong(File::length).sum();
    }

    /** Stops it cleanly; the data stay until {@link #close}. */
    public void stop() throws IOException, InterruptedException {
        if (!process.stop(Duration.ofSeconds(90))) {
            throw process.gone("did not stop within 90 s of SIGTERM");
        }
    }

    /** Kills it if it still runs, and deletes its data. */
    @Override
    public void close() throws IOException {
        process.close();
        if (data != null) {
            data.delete();
        }
    }

    private static Duration awaitReady(JavaProcess process, int port, long begin)
            throws IOException, InterruptedException {
        while (System.nanoTime() - begin < START_LIMIT.toNanos() && process.isAlive()) {
            if (isReady(port)) {
                return Duration.ofNanos(System.nanoTime() - begin);
            }
            Thread.sleep(POLL_INTERVAL.toMillis());
        }
        process.stop(Duration.ZERO);
        throw process.gone("not ready within " + START_LIMIT.toSeconds() + " s");
    }

    /** Whether what listens on that port of this machine takes calls. */
    public static boolean isReady(int port) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
