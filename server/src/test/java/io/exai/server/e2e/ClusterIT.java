package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes are one daemon to their clients, and stay so when one of them dies. */
@Timeout(240)
class ClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Cluster cluster;

    @BeforeEach
    void form() throws Exception {
        cluster = Cluster.start(3, folder, Map.of("EXAI_WS_GLOBAL_MAX_INFLIGHT", "400"));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void anyNodeServesAnySession() throws Exception {
        try (Fleet fleet = Fleet.connect("wanderer", 12, cluster.node(0).port())) {
            fleet.ask(2);
            fleet.awaitAnswers(24, PATIENCE);
            for (int node = 1; node < 3; node++) {
                for (Caller caller : fleet.callers()) {
                    caller.leave();
                }
                fleet.resume(cluster.node(node).port());
                fleet.ask(2);
                fleet.awaitAnswers(24 + 24 * node, PATIENCE);
            }
            assertThat(cluster.sandbox().visits()).hasSize(72);
        }
    }

    @Test
    void clientsOfLivingNodesGetTheirAnswersWhenAnotherNodeIsKilled(TestReporter reporter) throws Exception {
        for (int victim = 0; victim < 3; victim++) {
            DaemonProcess killed = cluster.node(victim);
            DaemonProcess edge = cluster.without(killed).get(0);
            try (Fleet fleet = Fleet.connect("round" + victim, 20, killed, edge)) {
                fleet.survive(killed::kill, 2, reporter).report("pause after killing node " + victim + ", ms");
                assertThat(fleet.callers())
                        .allSatisfy(caller -> assertThat(caller.ids())
                                .allSatisfy(id -> assertThat(caller.answersTo(id))
                                        .singleElement()
                                        .satisfies(answer ->
                                                assertThat(answer.text()).endsWith(caller.promptOf(id)))));
            }
            Stopwatch watch = Stopwatch.start(reporter);
            killed.restart();
            cluster.awaitReady(killed);
            watch.report("node " + victim + " ready again after ms");
        }
    }
}
