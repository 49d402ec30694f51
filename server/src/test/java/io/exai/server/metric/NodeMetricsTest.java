package io.exai.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.provider.breaker.Health;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.quota.Shares;
import io.exai.server.quota.Quota;
import io.exai.server.setting.Settings;
import io.exai.server.spending.Spending;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The metrics of a node as a whole. */
class NodeMetricsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ActorTestKit kit = ActorTestKit.create();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void haveNoPageWhenTheyAreOff() {
        assertThat(open("off").text()).succeedsWithin(PATIENCE).isEqualTo(Optional.empty());
    }

    @Test
    void areThoseOfTheDocumentation() throws Exception {
        Map<String, String> documented = PrometheusPage.documented(Files.readString(Path.of("../docs/metrics.md")));

        assertThat(open("on").text())
                .succeedsWithin(PATIENCE)
                .satisfies(text -> assertThat(new PrometheusPage(text.orElseThrow()).kinds())
                        .hasSizeGreaterThan(20)
                        .isEqualTo(documented));
    }

    private Scrape open(String enabled) {
        Settings settings = Settings.load(null, ConfigFactory.parseString("exai.metrics.enabled = " + enabled));
        var quota = kit.spawn(Quota.create(settings.quota(), Shares.whole()));
        return NodeMetrics.of(
                        settings.metrics(), settings.config(), Catalogue.load(settings.providers()), Set.of("chat"))
                .open(
                        kit.system(),
                        new Sources(Map.of(), quota, new Health(System::nanoTime), Spending.none(), () -> 0, () -> 0));
    }
}
