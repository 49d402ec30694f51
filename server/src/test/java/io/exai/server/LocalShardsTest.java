package io.exai.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalShardsTest {
    private static final Config CONFIG = ConfigFactory.parseString("""
                    pekko {
                      loglevel = warning
                      actor.provider = cluster
                      remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                      cluster {
                        jmx.enabled = off
                        downing-provider-class = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
                        sharding.number-of-shards = 10
                      }
                      coordinated-shutdown { exit-jvm = off, run-by-actor-system-terminate = off,
                        run-by-jvm-shutdown-hook = off }
                    }""").withFallback(ConfigFactory.load());
    private static final EntityTypeKey<String> KEY = EntityTypeKey.create(String.class, "thing");

    private final ActorTestKit kit = ActorTestKit.create("shards", CONFIG);

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    /** Shards are given to nodes when they are first used, so that there is one here, and not more. */
    @Test
    void tellTheEntitiesOfThisNodeFromOthers() {
        Cluster cluster = Cluster.get(kit.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        ActorRef<ShardingEnvelope<String>> region =
                ClusterSharding.get(kit.system()).init(Entity.of(KEY, entity -> Behaviors.ignore()));
        LocalShards local = LocalShards.of(kit.system(), KEY.name());
        assertThat(local.have("a")).isFalse();

        region.tell(new ShardingEnvelope<>("a", "begin"));

        TestProbe<Void> patience = kit.createTestProbe();
        patience.awaitAssert(Duration.ofSeconds(20), () -> {
            assertThat(local.have("a")).isTrue();
            return null;
        });
        assertThat(IntStream.range(0, 1_000)
                        .filter(number -> local.have("thing " + number))
                        .count())
                .isBetween(10L, 300L);
    }
}
