package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.postgres.PostgresServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What keeps a node from joining a cluster is told in one line that names the setting. */
@Timeout(120)
@ExtendWith(PostgresServer.class)
class ClusterSettingsIT {
    private static final int MISCONFIGURED = 78;

    @Test
    void refusesAJournalThatNodesCannotShare() throws Exception {
        assertRefused(
                Map.of("EXAI_SEED_NODES", "127.0.0.1:25520"),
                "exai.persistence.journal: h2 (expected: postgres, which the nodes of a cluster share)");
    }

    @Test
    void refusesAClusterWithoutSeeds() throws Exception {
        assertRefused(
                Map.of("EXAI_JOURNAL", "postgres"),
                "exai.cluster.seed.nodes:  (expected: a list of host:port, or exai.cluster.seed.name, not both)");
    }

    @Test
    void namesASeedThatHasNoAddress() throws Exception {
        assertRefused(
                Map.of("EXAI_JOURNAL", "postgres", "EXAI_SEED_NODES", "nobody.invalid:25520"),
                "exai.cluster.seed.nodes: nobody.invalid:25520 (expected: at least one host that has an address)");
        assertRefused(
                Map.of("EXAI_JOURNAL", "postgres", "EXAI_SEED_NAME", "nobody.invalid:25520"),
                "exai.cluster.seed.name: nobody.invalid:25520 with 0 of 1 addresses"
                        + " (expected: a name with the addresses of most nodes)");
    }

    @Test
    void namesAPortThatIsTaken(JdbcAddress database) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(
                    Cluster.variables(database, List.of(taken.getLocalPort()), 0),
                    "exai.cluster.node.port: " + taken.getLocalPort()
                            + " (expected: a port that is free at this node's address)");
        }
    }

    private static void assertRefused(Map<String, String> environment, String problem) throws Exception {
        Map<String, String> quiet = new HashMap<>(environment);
        quiet.put("LOG_LEVEL", "error");
        JarProcess.Ending ending = JarProcess.run(quiet, "serve", "--profile", "cluster", "--port", "0");
        assertThat(ending.status()).isEqualTo(MISCONFIGURED);
        assertThat(ending.err()).last().isEqualTo(problem);
    }
}
