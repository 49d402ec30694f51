package io.exai.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.provider.actor.Effort;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Model;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Usage;
import io.exai.server.setting.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is counted on the path of calls. */
class KamonMeterTest {
    private static final Settings SETTINGS = Settings.load(
            null, ConfigFactory.parseString("exai.providers.vendors { kimi.api-key = k, glm.api-key = k }"));
    private static final Catalogue CATALOGUE = Catalogue.load(SETTINGS.providers());
    private static final Model KIMI = model("kimi-k2-0905-preview");
    private static final Model GLM = model("glm-4.6");
    private static final String KIMI_LABELS = "{model=\"kimi-k2-0905-preview\",provider=\"kimi\"}";

    private final Registry registry = new Registry(SETTINGS.config());
    private final Meter meter = new KamonMeter(registry, CATALOGUE.models(), Set.of("chat"));

    @Test
    void countsAnswersTheirTokensTheirCostAndTheirTime() {
        meter.answered(KIMI, new Usage(1_000, 100, 300), 1_500_000, effort(1, 200, 4_000));
        meter.answered(KIMI, new Usage(10, 1, 0), 2_000_000, effort(3, 400, 6_000));

        PrometheusPage page = page();
        assertThat(page.value("exai_provider_calls_total" + labels("answered"))).isEqualTo(2);
        assertThat(page.value("exai_provider_attempts_total{provider=\"kimi\"}"))
                .isEqualTo(4);
        assertThat(page.value("exai_tokens_total" + tokens("input"))).isEqualTo(1_010);
        assertThat(page.value("exai_tokens_total" + tokens("output"))).isEqualTo(101);
        assertThat(page.value("exai_tokens_total" + tokens("cached"))).isEqualTo(300);
        assertThat(page.value("exai_cost_usd_total" + KIMI_LABELS)).isEqualTo(0.0035);
        assertThat(page.value("exai_provider_call_seconds_count" + KIMI_LABELS)).isEqualTo(2);
        assertThat(page.value("exai_provider_call_seconds_sum" + KIMI_LABELS)).isBetween(9.8, 10.2);
        assertThat(page.value("exai_provider_call_seconds_bucket" + bucket("5.0")))
                .isEqualTo(1);
        assertThat(page.value("exai_provider_first_token_seconds_sum" + KIMI_LABELS))
                .isBetween(0.59, 0.61);
        assertThat(page.kinds()).containsEntry("exai_cost_usd_total", "counter");
    }

    @Test
    void countsFailuresByKindAndFallbacks() {
        meter.failed(KIMI, Kind.RATE_LIMITED, 3);
        meter.failed(KIMI, Kind.BREAKER_OPEN, 0);
        meter.fellBack(KIMI, GLM);
        meter.fellBack(KIMI, GLM);

        PrometheusPage page = page();
        assertThat(page.value("exai_provider_calls_total" + labels("rate_limited")))
                .isEqualTo(1);
        assertThat(page.value("exai_provider_calls_total" + labels("breaker_open")))
                .isEqualTo(1);
        assertThat(page.value("exai_provider_attempts_total{provider=\"kimi\"}"))
                .isEqualTo(3);
        assertThat(page.value("exai_fallbacks_total{from=\"kimi-k2-0905-preview\",to=\"glm-4.6\"}"))
                .isEqualTo(2);
    }

    @Test
    void keepsLabelsBounded() {
        Model known = GLM;
        for (int i = 0; i < 100; i++) {
            meter.answered(renamed(known, "invented-" + i), Usage.NONE, 0, Effort.NONE);
            meter.ended("tool-" + i, Ending.FAILED);
        }
        meter.ended("chat", Ending.ANSWERED);

        PrometheusPage page = page();
        assertThat(page.mentions("invented")).isFalse();
        assertThat(page.value("exai_provider_calls_total{model=\"other\",outcome=\"answered\",provider=\"other\"}"))
                .isEqualTo(100);
        assertThat(page.value("exai_calls_total{outcome=\"failed\",tool=\"other\"}"))
                .isEqualTo(100);
        assertThat(page.value("exai_calls_total{outcome=\"answered\",tool=\"chat\"}"))
                .isEqualTo(1);
    }

    @Test
    void losesNothingWhenManyCountAtOnce() {
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            meter.answered(KIMI, new Usage(2, 1, 0), 1_000_000_000, Effort.NONE);
            if (i % 1_000 == 0) {
                registry.text();
            }
        });

        PrometheusPage page = page();
        assertThat(page.value("exai_provider_calls_total" + labels("answered"))).isEqualTo(20_000);
        assertThat(page.value("exai_tokens_total" + tokens("input"))).isEqualTo(40_000);
        assertThat(page.value("exai_cost_usd_total" + KIMI_LABELS)).isEqualTo(20_000);
        assertThat(page.value("exai_provider_call_seconds_count" + KIMI_LABELS)).isEqualTo(20_000);
    }

    @Test
    void ignoresWhatAVendorCannotMean() {
        meter.answered(KIMI, new Usage(-5, -1, -1), -7, effort(1, -1, -1));

        PrometheusPage page = page();
        assertThat(page.value("exai_tokens_total" + tokens("input"))).isZero();
        assertThat(page.value("exai_cost_usd_total" + KIMI_LABELS)).isZero();
        assertThat(page.value("exai_provider_calls_total" + labels("answered"))).isEqualTo(1);
    }

    @Test
    void staysApartFromOthersInTheSameProcess() {
        Registry other = new Registry(SETTINGS.config());
        new KamonMeter(other, CATALOGUE.models(), Set.of("chat")).ended("chat", Ending.ANSWERED);

        assertThat(new PrometheusPage(other.text()).value("exai_calls_total{outcome=\"answered\",tool=\"chat\"}"))
                .isEqualTo(1);
        assertThat(page().mentions("exai_calls_total{")).isFalse();
    }

    @Test
    void writesNamesThatCannotBreakThePage() {
        assertThat(Labels.value("a\"b\nc")).isEqualTo("a'b c");
        assertThat(List.of(Ending.values()).stream().map(Ending::label))
                .containsExactly("answered", "failed", "refused", "cancelled");
    }

    private PrometheusPage page() {
        return new PrometheusPage(registry.text());
    }

    private static String labels(String outcome) {
        return "{model=\"kimi-k2-0905-preview\",outcome=\"" + outcome + "\",provider=\"kimi\"}";
    }

    private static String tokens(String direction) {
        return "{direction=\"" + direction + "\",model=\"kimi-k2-0905-preview\",provider=\"kimi\"}";
    }

    private static String bucket(String most) {
        return "{le=\"" + most + "\",model=\"kimi-k2-0905-preview\",provider=\"kimi\"}";
    }

    private static Effort effort(int attempts, long first, long total) {
        return new Effort(attempts, Duration.ofMillis(first), Duration.ofMillis(total));
    }

    private static Model model(String name) {
        return CATALOGUE.find(name).orElseThrow();
    }

    private static Model renamed(Model model, String name) {
        return new Model(
                name,
                model.provider(),
                List.of(),
                model.contextWindow(),
                model.maxOutputTokens(),
                model.imageLimits(),
                model.tools(),
                model.thinking(),
                model.thinkingTokens(),
                model.webSearch(),
                model.temperature(),
                model.price(),
                model.rank(),
                model.speed());
    }
}
