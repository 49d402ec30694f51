package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Equal calls through all nodes share one request to the model, and survive the node that made it. */
@Timeout(240)
class ClusterFlightIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SESSIONS_EACH = 10;
    private static final int CALLS_EACH = 10;
    private static final int CALLS = 3 * SESSIONS_EACH * CALLS_EACH;

    @TempDir
    private Path folder;

    private Cluster cluster;
    private final List<Fleet> fleets = new ArrayList<>();

    @BeforeEach
    void form() throws Exception {
        cluster = Cluster.start(3, folder, Duration.ofSeconds(2), Map.of("EXAI_WS_SESSION_MAX_INFLIGHT", "16"));
        for (int node = 0; node < 3; node++) {
            fleets.add(Fleet.connect(
                    "node" + node, SESSIONS_EACH, cluster.node(node).port()));
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (Fleet fleet : fleets) {
            fleet.close();
        }
        cluster.close();
    }

    @Test
    void asksOnceForThreeHundredEqualCallsThroughAllNodes() throws Exception {
        askAll("same");
        awaitAnswers();
        assertThat(cluster.sandbox().visits("same")).hasSize(1);
        assertThat(answers()).filteredOn(answer -> answer.origin().isEmpty()).hasSize(1);
        assertAllAnsweredOnce("same");
    }

    @Test
    void asksTwiceAtMostWhenTheNodeThatAsksIsKilled(TestReporter reporter) throws Exception {
        askAll("survivor");
        Await.until("the model is asked", PATIENCE, () -> cluster.sandbox().inFlight() == 1);
        int victim = busyNode();
        cluster.node(victim).kill();
        Stopwatch watch = Stopwatch.start(reporter);
        fleets.get(victim).resume(cluster.node((victim + 1) % 3).port());
        awaitAnswers();
        watch.report("pause after killing the node that asked, ms");
        List<SandboxProcess.Visit> visits = cluster.sandbox().visits("survivor");
        assertThat(visits).hasSizeBetween(1, 2);
        assertThat(answers()).anySatisfy(answer -> {
            assertThat(answer.attempts()).isEqualTo(2);
            assertThat(answer.origin()).isNotEmpty();
        });
        assertAllAnsweredOnce("survivor");
        reporter.publishEntry("requests", visits.toString());
    }

    /** The only one that is connected with the model. */
    private int busyNode() throws Exception {
        List<Integer> busy = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            if (Sockets.of(cluster.node(node).pid())
                    .isConnectedTo(cluster.sandbox().port())) {
                busy.add(node);
            }
        }
        assertThat(busy).hasSize(1);
        return busy.get(0);
    }

    private void askAll(String prompt) throws Exception {
        for (int call = 0; call < CALLS_EACH; call++) {
            for (Fleet fleet : fleets) {
                for (Caller caller : fleet.callers()) {
                    caller.ask(prompt);
                }
            }
        }
    }

    private void awaitAnswers() throws Exception {
        Await.until(
                "all calls are answered",
                PATIENCE,
                () -> {
                    int answered = 0;
                    for (Fleet fleet : fleets) {
                        answered += fleet.answered();
                    }
                    return answered;
                },
                answered -> answered == CALLS);
        for (Fleet fleet : fleets) {
            fleet.awaitAnswers(SESSIONS_EACH * CALLS_EACH, PATIENCE);
        }
    }

    private List<Caller.Received> answers() {
        return fleets.stream()
                .flatMap(fleet -> fleet.callers().stream())
                .flatMap(caller -> caller.ids().stream().flatMap(id -> caller.answersTo(id).stream()))
                .toList();
    }

    private void assertAllAnsweredOnce(String prompt) {
        assertThat(answers())
                .hasSize(CALLS)
                .allSatisfy(answer -> assertThat(answer.text()).isEqualTo("[sandbox] You said: " + prompt));
    }
}
