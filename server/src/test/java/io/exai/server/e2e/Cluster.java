package io.exai.server.e2e;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.postgres.PostgresProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Daemons on loopback that form one cluster, with a PostgreSQL server of their own and a sandbox for a model. */
final class Cluster implements AutoCloseable {
    private static final Duration FORM = Duration.ofSeconds(60);

    private final PostgresProcess postgres;
    private final SandboxProcess sandbox;
    private final List<DaemonProcess> nodes = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private Cluster(PostgresProcess postgres, SandboxProcess sandbox) {
        this.postgres = postgres;
        this.sandbox = sandbox;
    }

    /** A cluster in which every node is ready; {@code environment} is for all of them. */
    static Cluster start(int size, Path folder, Map<String, String> environment, String... options) throws Exception {
        return start(size, folder, Duration.ofMillis(300), environment, options);
    }

    /** As above, with a model that takes that long. */
    static Cluster start(int size, Path folder, Duration latency, Map<String, String> environment, String... options)
            throws Exception {
        Cluster cluster = new Cluster(
                PostgresProcess.start().orElseThrow(), SandboxProcess.start("--latency", latency.toMillis() + "ms"));
        try {
            JdbcAddress database = cluster.postgres.newDatabase();
            List<Integer> ports = freePorts(2 * size);
            for (int number = 0; number < size; number++) {
                Map<String, String> all = new HashMap<>(variables(database, ports.subList(0, size), number));
                all.put("CUSTOM_API_URL", cluster.sandbox.url());
                all.putAll(environment);
                cluster.nodes.add(
                        DaemonProcess.start(ports.get(size + number), folder.resolve("node" + number), all, options));
            }
            cluster.awaitReady();
            return cluster;
        } catch (Exception | AssertionError failed) {
            cluster.close();
            throw failed;
        }
    }

    /** What makes a daemon that node of a cluster. */
    static Map<String, String> variables(JdbcAddress database, List<Integer> ports, int number) {
        String seeds =
                String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList());
        return Map.of(
                "EXAI_PROFILE",
                "cluster",
                "EXAI_CLUSTER_HOST",
                "127.0.0.1",
                "EXAI_CLUSTER_PORT",
                ports.get(number).toString(),
                "EXAI_SEED_NODES",
                seeds,
                "EXAI_JOURNAL",
                "postgres",
                "EXAI_POSTGRES_URL",
                database.url(),
                "EXAI_POSTGRES_USER",
                database.user(),
                "EXAI_POSTGRES_PASSWORD",
                database.password());
    }

    static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int number = 0; number < count; number++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    DaemonProcess node(int number) {
        return nodes.get(number);
    }

    SandboxProcess sandbox() {
        return sandbox;
    }

    void awaitReady() throws Exception {
        for (DaemonProcess node : nodes) {
            awaitReady(node);
        }
    }

    void awaitReady(DaemonProcess node) throws Exception {
        Await.until("ready", FORM, () -> readiness(node), status -> status == 200);
    }

    /** Status of {@code /ready}; 0 when nobody answers. */
    int readiness(DaemonProcess node) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString()).statusCode();
        } catch (IOException nobody) {
            return 0;
        }
    }

    /** The nodes but that one. */
    List<DaemonProcess> without(DaemonProcess gone) {
        return nodes.stream().filter(node -> node != gone).toList();
    }

    /** What the nodes have logged, for a message of failure. */
    String logs() {
        StringBuilder all = new StringBuilder();
        for (DaemonProcess node : nodes) {
            all.append("-- node on port ").append(node.port()).append('\n');
            node.log().forEach(line -> all.append(line).append('\n'));
        }
        return all.toString();
    }

    @Override
    public void close() {
        nodes.forEach(DaemonProcess::close);
        sandbox.close();
        postgres.close();
    }
}
