package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of two nodes either may die, because a lease tells which of them goes on. */
@Timeout(240)
class ClusterPairIT {
    /** After this long it is decided who goes on. */
    private static final Duration DECISION = Duration.ofSeconds(12);

    @TempDir
    private Path folder;

    @Test
    void goesOnWhicheverOfTwoNodesIsKilled(TestReporter reporter) throws Exception {
        try (Cluster cluster = Cluster.start(2, folder, Map.of())) {
            for (int victim = 0; victim < 2; victim++) {
                DaemonProcess killed = cluster.node(victim);
                DaemonProcess survivor = cluster.without(killed).get(0);
                try (Fleet fleet = Fleet.connect("pair" + victim, 8, killed, survivor)) {
                    Stopwatch watch = fleet.survive(killed::kill, 1, reporter);
                    watch.report("pause after killing node " + victim + ", ms");
                    watch.await(DECISION);
                }
                assertThat(cluster.readiness(survivor)).isEqualTo(200);
                killed.restart();
                cluster.awaitReady(killed);
            }
        }
    }
}
