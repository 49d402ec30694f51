package io.exai.server.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Prometheus is told. */
class MetricSettingsTest {
    @Test
    void areOnUnlessTold() {
        MetricSettings metrics = Settings.load(null, ConfigFactory.empty()).metrics();
        assertThat(metrics).isEqualTo(new MetricSettings(true, Duration.ofSeconds(10)));
    }

    @Test
    void areSetByVariables() {
        MetricSettings metrics = Settings.load(
                        null, ConfigFactory.parseMap(Map.of("METRICS_ENABLED", "false", "EXAI_METRICS_INTERVAL", "5")))
                .metrics();
        assertThat(metrics).isEqualTo(new MetricSettings(false, Duration.ofSeconds(5)));
    }

    @Test
    void areOnOrOff() {
        assertThatThrownBy(() -> Settings.load(null, ConfigFactory.parseString("exai.metrics.enabled = perhaps")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("exai.metrics.enabled: perhaps (expected: true or false)");
    }
}
