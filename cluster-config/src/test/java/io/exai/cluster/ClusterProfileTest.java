package io.exai.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

/** The profiles under which a node meets others. */
class ClusterProfileTest {
    @Test
    void namesAProfileThatIsNotThere() {
        assertThat(new ClusterProfile("mars").problems("exai.cluster"))
                .containsExactly("exai.cluster.profile: mars (expected: local)");
    }

    @Test
    void isAloneByDefaultAndListensOnLoopbackOnly() {
        Config reference = ConfigFactory.defaultReference();
        ClusterProfile profile = new ClusterProfile(reference.getString("exai.cluster.profile"));
        Config pekko = profile.pekkoConfig().withFallback(reference).resolve();

        assertThat(profile.problems("exai.cluster")).isEmpty();
        assertThat(pekko.getString("pekko.actor.provider")).isEqualTo("cluster");
        assertThat(pekko.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("127.0.0.1");
        assertThat(pekko.getStringList("pekko.cluster.seed-nodes")).isEmpty();
    }
}
