package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.database.JdbcAddress;
import io.exai.persistence.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that talk by TLS let nobody in whose certificate another authority signed. */
@Timeout(240)
@ExtendWith(PostgresServer.class)
class ClusterTlsIT {
    @TempDir
    private Path folder;

    @Test
    void letsInWhomTheSameAuthorityVouchesForAndNobodyElse(JdbcAddress database) throws Exception {
        Authority ours = Authority.create(folder.resolve("ours"));
        Authority foreign = Authority.create(folder.resolve("foreign"));
        List<Integer> ports = Cluster.freePorts(3);
        try (DaemonProcess first = start(database, ports, 0, ours.node("first"));
                DaemonProcess second = start(database, ports, 1, ours.node("second"));
                DaemonProcess stranger = start(database, ports, 2, foreign.node("stranger"))) {
            Await.until("two are up", RawClient.PATIENCE.multipliedBy(2), () -> ups(first) == 2);
            Await.until(
                    "the stranger finds nobody",
                    RawClient.PATIENCE.multipliedBy(2),
                    () -> stranger.log().stream().anyMatch(line -> line.contains("join seed nodes")));
            assertThat(ups(first)).isEqualTo(2);
            assertThat(first.log()).noneMatch(line -> line.contains(":" + ports.get(2) + "] is JOINING"));
            Probes.assertServes(second);
        }
    }

    private DaemonProcess start(JdbcAddress database, List<Integer> ports, int number, Map<String, String> tls)
            throws Exception {
        Map<String, String> all = new HashMap<>(Cluster.variables(database, ports, number));
        all.putAll(tls);
        all.put("LOG_LEVEL", "debug");
        return DaemonProcess.start(folder.resolve("node" + number), all);
    }

    private static long ups(DaemonProcess node) {
        return node.log().stream()
                .filter(line -> line.contains("Leader is moving node") && line.contains("to [Up]"))
                .count();
    }
}
