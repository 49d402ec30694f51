package io.exai.server.bench.resilience;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.postgres.PostgresProcess;
import io.exai.server.e2e.JarProcess;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A cluster of one node, with a database of its own on the PostgreSQL of an arena. */
final class Lone implements AutoCloseable {
    private static final String HOST = "127.0.1.9";

    private final JarProcess process;
    private final int port;

    private Lone(JarProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    static Lone start(PostgresProcess postgres) throws Exception {
        List<Integer> ports = Balancer.freePorts(2);
        JdbcAddress database = postgres.newDatabase();
        Map<String, String> environment = new HashMap<>(Speed.ENVIRONMENT);
        environment.put("EXAI_PROFILE", "cluster");
        environment.put("EXAI_CLUSTER_HOST", HOST);
        environment.put("EXAI_CLUSTER_PORT", ports.get(1).toString());
        environment.put("EXAI_SEED_NODES", HOST + ":" + ports.get(1));
        environment.put("EXAI_JOURNAL", "postgres");
        environment.put("EXAI_POSTGRES_URL", database.url());
        environment.put("EXAI_POSTGRES_USER", database.user());
        environment.put("EXAI_POSTGRES_PASSWORD", database.password());
        String folder = Files.createTempDirectory("exai-lone").toString();
        List<String> arguments = List.of("serve", "--port", ports.get(0).toString(), "--data-dir", folder);
        Lone lone = new Lone(JarProcess.start(environment, arguments), ports.get(0));
        Readiness.await(lone.port, lone.process);
        return lone;
    }

    Drive drive() {
        return Drive.of(List.of(this));
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
