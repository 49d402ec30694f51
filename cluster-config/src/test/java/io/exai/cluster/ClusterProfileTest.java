package io.exai.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The profiles under which a node meets others. */
class ClusterProfileTest {
    private static final Config REFERENCE = ConfigFactory.defaultReference();
    private static final NodeSettings NODE = new NodeSettings("10.0.0.1", 25520, "", 0);
    private static final SeedSettings SEEDS = new SeedSettings(List.of("10.0.0.1:25520"), "");
    private static final DrainSettings DRAIN = new DrainSettings(Duration.ofSeconds(2));
    private static final TlsSettings PLAIN = new TlsSettings(false, "", "", "");

    @Test
    void namesAProfileThatIsNotThere() {
        assertThat(profile("mars", 0, "auto", SEEDS, PLAIN).problems("exai.cluster"))
                .containsExactly("exai.cluster.profile: mars (expected: one of local, cluster)");
    }

    @Test
    void isAloneByDefaultAndListensOnLoopbackOnly() {
        ClusterProfile profile =
                profile(REFERENCE.getString("exai.cluster.profile"), 0, "auto", new SeedSettings(List.of(), ""), PLAIN);
        Config pekko = profile.alone().withFallback(REFERENCE).resolve();

        assertThat(profile.isLocal()).isTrue();
        assertThat(profile.problems("exai.cluster")).isEmpty();
        assertThat(pekko.getString("pekko.actor.provider")).isEqualTo("cluster");
        assertThat(pekko.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("127.0.0.1");
        assertThat(pekko.getStringList("pekko.cluster.seed-nodes")).isEmpty();
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        ClusterProfile profile = new ClusterProfile(
                "cluster",
                -1,
                "toss-a-coin",
                new NodeSettings("", 0, "", 70_000),
                new SeedSettings(List.of("here", "there:0"), ""),
                new DrainSettings(Duration.ofMinutes(2)),
                new TlsSettings(true, "/none/key.pem", "", "/none/ca.pem"));
        assertThat(profile.problems("exai.cluster"))
                .containsExactly(
                        "exai.cluster.size: -1 (expected: 0 to 1000)",
                        "exai.cluster.split-brain: toss-a-coin (expected: one of auto, keep-majority, lease-majority)",
                        "exai.cluster.node.port: 0 (expected: 1 to 65535)",
                        "exai.cluster.node.bind-port: 70000 (expected: 0 to 65535)",
                        "exai.cluster.seed.nodes: here (expected: host:port)",
                        "exai.cluster.seed.nodes: there:0 (expected: host:port)",
                        "exai.cluster.drain.grace: 120000ms (expected: 0s to 60s)",
                        "exai.cluster.tls.key: /none/key.pem (expected: a readable PEM file)",
                        "exai.cluster.tls.certificate:  (expected: a readable PEM file)",
                        "exai.cluster.tls.authority: /none/ca.pem (expected: a readable PEM file)");
    }

    @Test
    void wantsSeedsByListOrByName() {
        assertThat(new SeedSettings(List.of(), "").problems("seed"))
                .containsExactly("seed.nodes:  (expected: a list of host:port, or seed.name, not both)");
        assertThat(new SeedSettings(List.of("a:1"), "b:1").problems("seed"))
                .containsExactly("seed.nodes: a:1 (expected: a list of host:port, or seed.name, not both)");
    }

    @ParameterizedTest
    @CsvSource({
        "auto, 0, 1, keep-majority",
        "auto, 0, 2, lease-majority",
        "auto, 0, 3, keep-majority",
        "auto, 2, 3, lease-majority",
        "auto, 3, 2, keep-majority",
        "keep-majority, 2, 2, keep-majority",
        "lease-majority, 3, 3, lease-majority",
    })
    void choosesWhoGoesOnBySizeOfTheCluster(String splitBrain, int size, int seeds, String strategy) {
        Config pekko = pekko(profile("cluster", size, splitBrain, SEEDS, PLAIN), seeds);
        assertThat(pekko.getString("pekko.cluster.split-brain-resolver.active-strategy"))
                .isEqualTo(strategy);
    }

    @Test
    void listensWhereItSaysAndTakesTheLargestCallInOneMessage() {
        Config pekko = pekko(profile("cluster", 0, "auto", SEEDS, PLAIN), 3);
        assertThat(pekko.getString("pekko.remote.artery.transport")).isEqualTo("tcp");
        assertThat(pekko.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("node0");
        assertThat(pekko.getInt("pekko.remote.artery.canonical.port")).isEqualTo(25520);
        assertThat(pekko.getString("pekko.remote.artery.bind.port")).isEmpty();
        assertThat(pekko.getBytes("pekko.remote.artery.advanced.maximum-frame-size"))
                .isGreaterThan(1_000_000);
        assertThat(pekko.getBoolean("pekko.coordinated-shutdown.exit-jvm")).isFalse();
    }

    @Test
    void talksByTlsWhenToldTo() {
        Config pekko = pekko(profile("cluster", 0, "auto", SEEDS, new TlsSettings(true, "k", "c", "a")), 3);
        assertThat(pekko.getString("pekko.remote.artery.transport")).isEqualTo("tls-tcp");
        assertThat(pekko.getString("pekko.remote.artery.ssl.rotating-keys-engine.ca-cert-file"))
                .isEqualTo("a");
    }

    private static Config pekko(ClusterProfile profile, int seeds) {
        List<HostPort> nodes = java.util.stream.IntStream.range(0, seeds)
                .mapToObj(number -> new HostPort("node" + number, 25520))
                .toList();
        return profile.together(new Meeting(nodes.get(0), nodes), 1_000_000)
                .withFallback(REFERENCE)
                .resolve();
    }

    private static ClusterProfile profile(
            String profile, int size, String splitBrain, SeedSettings seed, TlsSettings tls) {
        return new ClusterProfile(profile, size, splitBrain, NODE, seed, DRAIN, tls);
    }
}
