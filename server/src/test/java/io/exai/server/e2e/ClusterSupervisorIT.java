package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A supervisor starts its daemon again, and spares the cluster the time to find out that it was dead. */
@Timeout(240)
class ClusterSupervisorIT {
    @TempDir
    private Path folder;

    @Test
    void tellsTheClusterOfADeathAtOnceAndBringsTheNodeBack(TestReporter reporter) throws Exception {
        try (Cluster cluster = Cluster.start(3, folder, Map.of("EXAI_WS_GLOBAL_MAX_INFLIGHT", "400"), "--supervised")) {
            for (int victim = 2; victim >= 0; victim--) {
                DaemonProcess killed = cluster.node(victim);
                DaemonProcess edge = cluster.without(killed).get(0);
                try (Fleet fleet = Fleet.connect("round" + victim, 20, killed, edge)) {
                    Stopwatch watch = fleet.survive(killed::killChild, 1, reporter);
                    watch.report("pause after killing node " + victim + ", ms");
                    cluster.awaitReady(killed);
                    watch.report("node " + victim + " back after ms");
                }
                cluster.awaitReady();
            }
            assertThat(cluster.node(1).stop().status()).isZero();
        }
    }
}
