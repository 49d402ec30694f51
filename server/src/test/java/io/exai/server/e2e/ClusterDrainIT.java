package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that is told to stop says so, lets what runs end or move, and is gone within a bounded time. */
@Timeout(240)
class ClusterDrainIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void stopsInOrderWithoutLosingOrRepeatingShortCalls(TestReporter reporter) throws Exception {
        try (Cluster cluster = Cluster.start(2, folder, Map.of("EXAI_WS_GLOBAL_MAX_INFLIGHT", "400"));
                Fleet fleet = Fleet.connect("drain", 20, cluster.node(1).port())) {
            fleet.ask(1);
            fleet.awaitAnswers(20, PATIENCE);
            fleet.ask(2);
            Stopwatch watch = Stopwatch.start(reporter);
            CompletableFuture<JarProcess.Ending> ending = CompletableFuture.supplyAsync(() -> stopped(cluster.node(1)));
            Await.until("not ready", PATIENCE, () -> cluster.readiness(cluster.node(1)), status -> status == 503);
            watch.report("not ready after ms");
            Await.until("all closed", PATIENCE, () -> isClosed(fleet));
            watch.report("closed after ms");
            fleet.resume(cluster.node(0).port());
            fleet.awaitAnswers(60, PATIENCE);
            assertThat(ending.get(60, TimeUnit.SECONDS).status()).isZero();
            watch.report("gone after ms");
            assertThat(fleet.callers()).extracting(Caller::closeCode).containsOnly(1012);
            assertThat(cluster.sandbox().visits()).hasSize(60);
            assertThat(watch.time()).isLessThan(Duration.ofSeconds(40));
        }
    }

    private static boolean isClosed(Fleet fleet) throws Exception {
        fleet.answered();
        return fleet.callers().stream().allMatch(caller -> caller.closeCode() > 0);
    }

    private static JarProcess.Ending stopped(DaemonProcess node) {
        try {
            return node.stop();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
