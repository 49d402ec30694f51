package io.exai.provider.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.exai.provider.setting.LeaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
    private static final LeaseSettings SETTINGS = new LeaseSettings(
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofMillis(1500),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30));
    /** A system that is terminated does not leave: to the others it is dead. */
    private static final Config CONFIG = ConfigFactory.parseString("""
                    pekko {
                      loglevel = warning
                      actor.provider = cluster
                      remote.artery { transport = tcp, canonical { hostname = "127.0.0.1", port = 0 } }
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

    @AfterEach
    void stop() {
        systems.forEach(ActorTestKit::shutdown);
    }

    @Test
    void leasesExactlyTheLimitFollowsDemandAndTakesADeadNodesPermitsBack() {
        for (int node = 0; node < 3; node++) {
            start();
        }
        await(states -> assertThat(states).extracting(Owner.State::leased).containsExactly(2, 2, 2));
        want(0, 20);
        await(states -> assertThat(states.get(0).inUse()).isEqualTo(LIMIT));
        want(1, 20);
        want(2, 1);
        assertThat(states()).extracting(Owner.State::inUse).containsExactly(LIMIT, 0, 0);
        want(0, 0);
        want(0, 20);
        await(states ->
                assertThat(states.stream().mapToInt(Owner.State::inUse).sum()).isEqualTo(LIMIT));
        crash(2);
        want(0, 20);
        await(states ->
                assertThat(states.stream().mapToInt(Owner.State::inUse).sum()).isEqualTo(LIMIT));
    }

    private void start() {
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "quota", CONFIG);
        systems.add(system);
        Cluster cluster = Cluster.get(system);
        cluster.manager()
                .tell(Join.create(Cluster.get(systems.get(0)).selfMember().address()));
        Shares shares = Shares.leased(system, SETTINGS);
        owners.add(system.systemActorOf(Owner.create(shares, "provider.kimi", LIMIT), "owner", Props.empty()));
    }

    private void want(int node, int permits) {
        owners.get(node).tell(new Owner.Want(permits));
    }

    private void crash(int node) {
        ActorTestKit.shutdown(systems.remove(node));
        owners.remove(node);
    }

    private List<Owner.State> states() {
        List<Owner.State> states = new ArrayList<>();
        for (int node = 0; node < owners.size(); node++) {
            TestProbe<Owner.State> probe = TestProbe.create(systems.get(node));
            owners.get(node).tell(new Owner.Describe(probe.ref()));
            states.add(probe.receiveMessage());
        }
        assertThat(states.stream().mapToInt(Owner.State::inUse).sum()).isLessThanOrEqualTo(LIMIT);
        return states;
    }

    private void await(Consumer<List<Owner.State>> assertion) {
        TestProbe<Void> probe = TestProbe.create(systems.get(0));
        probe.awaitAssert(SOON, () -> {
            List<Owner.State> states = states();
            assertion.accept(states);
            return states;
        });
    }
}
