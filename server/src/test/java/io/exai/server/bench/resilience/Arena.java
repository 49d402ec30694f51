package io.exai.server.bench.resilience;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.postgres.PostgresProcess;
import io.exai.server.e2e.JarProcess;
import io.exai.server.e2e.SandboxProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three nodes on loopback, HAProxy in front of them, PostgreSQL under them, and a sandbox for a model. */
final class Arena implements AutoCloseable {
    static final int NODES = 3;

    private final Wanted wanted;
    private final Path folder = Files.createTempDirectory("exai-arena");
    private final PostgresProcess postgres;
    private final JdbcAddress database;
    private final List<SandboxProcess> sandboxes = new ArrayList<>();
    private final List<Integer> inner;
    private final List<Integer> web;
    private final Network network;
    private final JarProcess[] nodes = new JarProcess[NODES];
    private final Balancer balancer;

    /**
     * What it is to be.
     *
     * @param environment of every node
     * @param options of {@code exai serve}, for every node
     * @param sandbox options of {@code exai sandbox}
     * @param supervised whether each node has a parent that tells the others when it dies
     * @param sandboxes one for all nodes, or {@link #NODES}, one for each
     * @param direct whether nodes reach each other without relays, which take time; then none can be cut off
     */
    record Wanted(
            Map<String, String> environment,
            List<String> options,
            List<String> sandbox,
            boolean supervised,
            int sandboxes,
            boolean direct) {
        static Wanted of(Map<String, String> environment, List<String> options, List<String> sandbox) {
            return new Wanted(environment, options, sandbox, false, 1, false);
        }

        Wanted withParents(boolean wanted) {
            return new Wanted(environment, options, sandbox, wanted, sandboxes, direct);
        }

        Wanted withSandboxForEach() {
            return new Wanted(environment, options, sandbox, supervised, NODES, direct);
        }

        Wanted withoutRelays() {
            return new Wanted(environment, options, sandbox, supervised, sandboxes, true);
        }
    }

    Arena(Wanted wanted) throws Exception {
        this.wanted = wanted;
        postgres = PostgresProcess.start().orElseThrow(() -> new IOException("PostgreSQL is not installed"));
        database = postgres.newDatabase();
        for (int number = 0; number < wanted.sandboxes(); number++) {
            sandboxes.add(SandboxProcess.start(wanted.sandbox().toArray(String[]::new)));
        }
        inner = Balancer.freePorts(NODES);
        web = Balancer.freePorts(NODES);
        network = wanted.direct() ? Network.direct(inner) : Network.between(inner);
        balancer = Balancer.start(web);
        for (int node = 0; node < NODES; node++) {
            start(node);
        }
        for (int node = 0; node < NODES; node++) {
            awaitReady(node);
        }
    }

    int port() {
        return balancer.port();
    }

    int port(int node) {
        return web.get(node);
    }

    /** Where the others reach a node, {@code host:port}. */
    String address(int node) {
        return Network.host(node) + ":" + network.port(node);
    }

    SandboxProcess sandbox() {
        return sandboxes.get(0);
    }

    /** The one that a node asks. */
    SandboxProcess sandbox(int node) {
        return sandboxes.get(node % sandboxes.size());
    }

    Network network() {
        return network;
    }

    PostgresProcess postgres() {
        return postgres;
    }

    /** SIGKILL, to the node alone when it has a parent. */
    void kill(int node) throws Exception {
        ProcessHandle parent = ProcessHandle.of(nodes[node].pid()).orElseThrow();
        List<ProcessHandle> children = parent.children().toList();
        if (children.isEmpty()) {
            nodes[node].kill();
        } else {
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** SIGTERM; returns the exit status. */
    int stop(int node) throws Exception {
        return nodes[node].stop(Duration.ofSeconds(90)).status();
    }

    /** Until a node that the others went on without has ended by itself. */
    void awaitEnd(int node) throws Exception {
        nodes[node].ending(Duration.ofSeconds(60));
    }

    void start(int node) throws IOException {
        Map<String, String> environment = new HashMap<>(wanted.environment());
        environment.put("EXAI_PROFILE", "cluster");
        environment.put("EXAI_CLUSTER_HOST", Network.host(node));
        environment.put("EXAI_CLUSTER_PORT", String.valueOf(network.port(node)));
        environment.put("EXAI_SEED_NODES", seeds());
        environment.put("EXAI_JOURNAL", "postgres");
        environment.put("EXAI_POSTGRES_URL", database.url());
        environment.put("EXAI_POSTGRES_USER", database.user());
        environment.put("EXAI_POSTGRES_PASSWORD", database.password());
        environment.put("CUSTOM_API_URL", sandbox(node).url());
        environment.put("KIMI_API_URL", sandbox(node).url("kimi"));
        environment.put("GLM_API_URL", sandbox(node).url("glm"));
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--port",
                web.get(node).toString(),
                "--data-dir",
                folder.resolve("node" + node).toString(),
                "-D",
                "exai.cluster.node.bind-port=" + inner.get(node),
                "-D",
                "pekko.remote.artery.advanced.tcp.outbound-client-hostname=" + Network.host(node)));
        if (wanted.supervised()) {
            arguments.add("--supervised");
        }
        arguments.addAll(wanted.options());
        nodes[node] = JarProcess.start(environment, arguments);
    }

    private String seeds() {
        return IntStream.range(0, NODES).mapToObj(this::address).collect(Collectors.joining(","));
    }

    void awaitReady(int node) throws IOException, InterruptedException {
        Readiness.await(web.get(node), nodes[node]);
    }

    /** The process that serves, of a node without a parent. */
    long pid(int node) {
        return nodes[node].pid();
    }

    /** What a node has logged since it was started last. */
    List<String> log(int node) {
        return nodes[node].errors();
    }

    @Override
    public void close() throws IOException {
        for (JarProcess node : nodes) {
            if (node != null) {
                ProcessHandle.of(node.pid())
                        .ifPresent(handle -> handle.descendants().forEach(ProcessHandle::destroyForcibly));
                node.close();
            }
        }
        balancer.close();
        network.close();
        sandboxes.forEach(SandboxProcess::close);
        postgres.close();
    }
}
