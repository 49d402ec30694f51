package io.exai.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The configuration that is offered for deployments. */
class DeploymentTest {
    @Test
    void isValidAndSaysWhatItClaims() {
        Settings settings = Settings.load(Path.of("../docker/exai.conf"), ConfigFactory.empty());

        assertThat(settings.http().host()).isEqualTo("0.0.0.0");
        assertThat(settings.persistence().journal()).isEqualTo("postgres");
        assertThat(settings.log().format()).isEqualTo("json");
    }

    @Test
    void isValidForANodeOfACluster() {
        Settings settings = Settings.load(
                Path.of("../docker/cluster.conf"),
                ConfigFactory.parseString("exai.cluster.seed.nodes = [\"exai1:25520\", \"exai2:25520\"]"));

        assertThat(settings.cluster().isLocal()).isFalse();
        assertThat(settings.persistence().journal()).isEqualTo("postgres");
    }
}
