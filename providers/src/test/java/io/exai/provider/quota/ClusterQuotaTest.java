package io.exai.provider.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.exai.provider.fixture.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three nodes in one JVM share a quota. */
class ClusterQuotaTest {
    private static final int LIMIT = 6;
    private static final Duration SOON = Duration.ofSeconds(40);
    /** A system that is terminated does not leave: to the others it is dead. */
    private static final Config CONFIG = ConfigFactory.parseString("""
                    pekko {
                      loglevel = warning
                      actor.provider = cluster
                      remote.artery { transport = tcp, advanced.test-mode = on, canonical { hostname = "127.0.0.1", port = 0 } }
                      cluster {
                        jmx.enabled = off
                        failure-detector { heartbeat-interval = 300ms, acceptable-heartbeat-pause = 1500ms }
                        unreachable-nodes-reaper-interval = 250ms
                        down-removal-margin = 500ms
                        downing-provider-class = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
                        split-brain-resolver { stable-after = 2s, down-all-when-unstable = off }
                        sharding { waiting-for-state-timeout = 500ms, distributed-data.majority-min-cap = 1 }
                      }
                      coordinated-shutdown { exit-jvm = off, run-by-actor-system-terminate = off,
                        run-by-jvm-shutdown-hook = off }
                    }""").withFallback(ConfigFactory.load());

    private final List<ActorSystem<Void>> systems = new ArrayList<>();
    private final List<ActorRef<Owner.Command>> owners = new ArrayList<>();
    private final List<Owner.Window> windows = new ArrayList<>();
    private final Gauge gauge = new Gauge();

    @AfterEach
    void stop() {
        systems.forEach(ActorTestKit::shutdown);
    }

    @Test
    void leasesTheLimitFollowsDemandAndTakesADeadNodesPermitsBack() {
        start(3);
        await(() -> assertThat(leased()).containsExactly(2, 2, 2));
        want(0, 20);
        await(() -> assertThat(inUse()).containsExactly(LIMIT, 0, 0));
        want(1, 20);
        want(2, 20);
        await(() -> assertThat(leased()).containsExactly(2, 0, 0));
        want(0, 2);
        await(() -> assertThat(inUse()).containsExactly(2, 2, 2));
        ActorTestKit.shutdown(systems.remove(2));
        want(0, 20);
        await(() -> assertThat(inUse().subList(0, 2)).containsExactly(3, 3));
        assertThat(gauge.most()).isEqualTo(LIMIT);
    }

    /** All nodes are in this JVM, so what they use at one moment can be summed up. */
    @Test
    void neverUsesMoreThanTheLimitWhileANodeIsCutOff() {
        start(3);
        await(() -> assertThat(leased()).containsExactly(2, 2, 2));
        for (int node = 0; node < 3; node++) {
            want(node, 20);
        }
        await(() -> assertThat(inUse()).containsExactly(2, 2, 2));
        Cut.between(systems.get(2), systems.subList(0, 2));
        await(() -> assertThat(inUse().subList(0, 2)).containsExactly(3, 3));
        assertThat(gauge.now()).isEqualTo(LIMIT);
        assertThat(gauge.most()).isEqualTo(LIMIT);
    }

    @Test
    void keepsNoShutdownWaiting() {
        start(1);
        await(() -> assertThat(leased()).containsExactly(LIMIT));
        CompletionStage<Done> stopped =
                CoordinatedShutdown.get(systems.get(0)).runAll(CoordinatedShutdown.unknownReason());
        assertThat(stopped.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(9));
    }

    private void start(int nodes) {
        for (int node = 0; node < nodes; node++) {
            ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "quota", CONFIG);
            systems.add(system);
            Address first = Cluster.get(systems.get(0)).selfMember().address();
            Cluster.get(system).manager().tell(Join.create(first));
            Owner.Window window = Owner.Window.on(gauge);
            windows.add(window);
            Shares shares = Shares.leased(system, Samples.LEASE);
            owners.add(system.systemActorOf(Owner.create(shares, LIMIT, window), "owner", Props.empty()));
        }
    }

    private void want(int node, int permits) {
        owners.get(node).tell(new Owner.Want(permits));
    }

    private List<Integer> inUse() {
        return windows.stream().map(window -> window.seen().inUse()).toList();
    }

    private List<Integer> leased() {
        return windows.stream().map(window -> window.seen().leased()).toList();
    }

    private void await(Runnable assertion) {
        TestProbe<Void> probe = TestProbe.create(systems.get(0));
        probe.awaitAssert(SOON, () -> {
            assertion.run();
            return true;
        });
    }
}
