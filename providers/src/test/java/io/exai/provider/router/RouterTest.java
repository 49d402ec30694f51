package io.exai.provider.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.provider.breaker.Health;
import io.exai.provider.breaker.Phase;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Model;
import io.exai.provider.fixture.Samples;
import io.exai.provider.setting.ProviderSettings;
import io.exai.provider.setting.RouteSettings;
import io.exai.provider.setting.VendorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private static final VendorSettings KEY = Samples.vendor("key", null);
    private static final Map<String, VendorSettings> BOTH = Map.of("kimi", KEY, "glm", KEY);
    private static final Duration OPEN = Duration.ofSeconds(60);

    private final AtomicLong now = new AtomicLong();
    private final Health health = new Health(now::get);

    @ParameterizedTest
    @CsvSource({
        "SPEED, glm-4.5-flash",
        "QUALITY, kimi-k2-thinking-turbo",
        "BALANCED, glm-4.5-flash",
    })
    void choosesByWhatMatters(Preference preference, String model) {
        assertThat(names(router(BOTH).plan("auto", Need.text(preference, 100), 0)))
                .first()
                .isEqualTo(model);
    }

    @Test
    void asksTheNamedModelFirstAndAnotherProviderNext() {
        Plan plan = router(BOTH).plan("KIMI-k2", Need.text(Preference.SPEED, 100), 0);
        assertThat(names(plan)).hasSize(3).startsWith("kimi-k2-0905-preview", "glm-4.5-flash");
        assertThat(plan.choices().get(0).why()).isEqualTo("named by the caller");
    }

    @ParameterizedTest
    @CsvSource({
        "always, kimi-k2, 3",
        "auto, kimi-k2, 1",
        "never, kimi-k2, 1",
        "always, auto, 3",
        "auto, auto, 3",
        "never, auto, 1"
    })
    void lookForOthersAsTheSettingsSay(String fallback, String asked, int models) {
        var route = new RouteSettings(fallback, 3, Duration.ZERO, 0, true);
        assertThat(router(settings("", BOTH, route))
                        .plan(asked, Need.text(Preference.SPEED, 1), 0)
                        .choices())
                .hasSize(models);
    }

    @Test
    void obeysTheDefaultModelOfTheSettings() {
        var router = router(settings("glm-4.6", BOTH, Samples.ROUTE));
        Plan plan = router.plan("auto", Need.text(Preference.SPEED, 1), 0);
        assertThat(names(plan)).first().isEqualTo("glm-4.6");
        assertThat(plan.choices().get(0).why()).isEqualTo("the default-model of the settings");
    }

    @Test
    void leavesOutModelsThatCannot() {
        Need large = Need.text(Preference.SPEED, 150_000);
        assertThat(models(router(BOTH).plan("auto", large, 0)))
                .allSatisfy(model -> assertThat(model.questionTokens()).isGreaterThanOrEqualTo(150_000));
        Need seeing = new Need(Preference.QUALITY, 10, 3, 0, false, false, false);
        assertThat(models(router(BOTH).plan("auto", seeing, 0))).allMatch(Model::images);
        Need thinking = new Need(Preference.SPEED, 10, 0, 0, true, false, false);
        assertThat(models(router(BOTH).plan("auto", thinking, 0))).allMatch(Model::thinking);
        Need searching = new Need(Preference.SPEED, 10, 0, 0, false, true, false);
        assertThat(models(router(BOTH).plan("auto", searching, 0))).allMatch(Model::webSearch);
    }

    @Test
    void tellsWhyTheOthersMayNot() {
        Plan plan = router(BOTH).plan("auto", new Need(Preference.SPEED, 200_000, 11, 0, true, false, false), 0);
        assertThat(plan.choices()).isEmpty();
        assertThat(plan.excluded()).hasSize(21).anySatisfy(excluded -> {
            assertThat(excluded.model().name()).isEqualTo("glm-4.6");
            assertThat(excluded.why()).isEqualTo("takes questions of 191808 tokens, this one has about 200704");
        });
        assertThat(plan.excluded()).anyMatch(excluded -> excluded.why().equals("sees 10 images, the question has 11"));
    }

    @ParameterizedTest
    @CsvSource({"10, 5242879, true", "10, 5242880, true", "10, 5242881, false", "11, 1, false", "1, 0, true"})
    void boundsNumberAndSizeOfPictures(int count, long bytes, boolean seen) {
        var all = new RouteSettings("always", 20, Duration.ZERO, 0, true);
        Need need = new Need(Preference.SPEED, 10, count, bytes, false, false, false);
        Plan plan = router(settings("", BOTH, all)).plan("auto", need, 0);
        assertThat(models(plan)).hasSize(seen ? 17 : 0).allMatch(Model::images);
    }

    @Test
    void tellsWhyTheNamedModelIsNotAsked() {
        Plan plan = router(BOTH).plan("moonshot-v1-8k", Need.text(Preference.SPEED, 10_000), 0);
        assertThat(plan.choices().get(0).why())
                .isEqualTo(
                        "the fastest that can, as moonshot-v1-8k takes questions of 6144 tokens, this one has about 10240");
    }

    @Test
    void staysBelowPriceAndBudget() {
        Need need = Need.text(Preference.QUALITY, 10_000);
        var cheap = new RouteSettings("always", 3, Duration.ZERO, 0.005, true);
        assertThat(models(router(settings("", BOTH, cheap)).plan("auto", need, 0)))
                .isNotEmpty()
                .allMatch(model -> model.price().nanos(10_240, 1_000) <= 5_000_000);
        assertThat(models(router(BOTH).plan("auto", need, 2_000_000)))
                .isNotEmpty()
                .allMatch(model -> model.price().nanos(10_240, 1_000) <= 2_000_000);
    }

    @Test
    void avoidsAProviderWhoseBreakerIsOpenAtOnce() {
        var router = router(BOTH);
        Need need = Need.text(Preference.SPEED, 1);
        assertThat(names(router.plan("auto", need, 0))).first().isEqualTo("glm-4.5-flash");
        health.tell("glm", Phase.OPEN, OPEN, Duration.ZERO);
        Plan plan = router.plan("auto", need, 0);
        assertThat(plan.choices().get(0).model().provider()).isEqualTo("kimi");
        assertThat(plan.excluded()).anyMatch(excluded -> excluded.why().equals("glm fails at present"));
        health.tell("glm", Phase.CLOSED, Duration.ZERO, Duration.ZERO);
        assertThat(names(router.plan("auto", need, 0))).first().isEqualTo("glm-4.5-flash");
    }

    /** Else nobody would ever try it again. */
    @Test
    void returnsToAProviderWhoseBreakerIsHalfOpen() {
        var router = router(BOTH);
        health.tell("glm", Phase.OPEN, OPEN, Duration.ZERO);
        Need need = Need.text(Preference.SPEED, 1);
        assertThat(router.plan("auto", need, 0).choices().get(0).model().provider())
                .isEqualTo("kimi");
        now.set(OPEN.toNanos());
        assertThat(names(router.plan("auto", need, 0))).first().isEqualTo("glm-4.5-flash");
        health.tell("glm", Phase.OPEN, OPEN, Duration.ZERO);
        assertThat(router.plan("auto", need, 0).choices().get(0).model().provider())
                .isEqualTo("kimi");
    }

    @Test
    void asksAnotherBeforeANamedModelWhoseBreakerIsOpen() {
        health.tell("kimi", Phase.OPEN, OPEN, Duration.ZERO);
        Plan plan = router(BOTH).plan("kimi-k2", Need.text(Preference.QUALITY, 1), 0);
        assertThat(plan.choices().get(0).model().provider()).isEqualTo("glm");
    }

    @Test
    void keepsAPlanForItsTime() {
        var router = router(BOTH);
        Need need = Need.text(Preference.SPEED, 1);
        Plan first = router.plan("auto", need, 0);
        now.set(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(router.plan("auto", need, 0)).isSameAs(first);
        assertThat(router.plan("auto", Need.text(Preference.SPEED, 1_000), 0)).isSameAs(first);
        now.incrementAndGet();
        assertThat(router.plan("auto", need, 0)).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void neverLetsTheSandboxStandIn() {
        var settings = Samples.settings("", "", BOTH, Samples.sandbox("on", 4), Samples.SOON);
        for (String asked : List.of("auto", "kimi-k2", "sandbox-echo")) {
            List<Model> asks = models(router(settings).plan(asked, Need.text(Preference.SPEED, 1), 0));
            assertThat(asks.subList(1, 3)).noneMatch(model -> model.provider().equals("sandbox"));
        }
        var alone = Samples.settings(Samples.sandbox("on", 4));
        assertThat(names(router(alone).plan("auto", Need.text(Preference.SPEED, 1), 0)))
                .containsExactly("sandbox-echo");
    }

    @Test
    void learnsHowLongAModelTakes() {
        var punctuality = new Punctuality();
        for (int i = 0; i < 9; i++) {
            punctuality.waited("m", true, Duration.ofSeconds(4));
        }
        assertThat(punctuality.patience("m", true)).isEmpty();
        for (int i = 0; i < 20; i++) {
            punctuality.waited("m", true, Duration.ofSeconds(4));
        }
        assertThat(punctuality.patience("m", true))
                .hasValueSatisfying(
                        patience -> assertThat(patience).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10)));
        assertThat(punctuality.patience("m", false)).isEmpty();
        for (int i = 0; i < 30; i++) {
            punctuality.waited("quick", true, Duration.ofMillis(10));
        }
        assertThat(punctuality.patience("quick", true)).contains(Punctuality.LEAST);
    }

    private Router router(Map<String, VendorSettings> vendors) {
        return router(settings("", vendors, Samples.ROUTE));
    }

    private Router router(ProviderSettings settings) {
        return new Router(Catalogue.load(settings), settings, health, now::get);
    }

    private static ProviderSettings settings(
            String defaultModel, Map<String, VendorSettings> vendors, RouteSettings route) {
        return Samples.settings(defaultModel, vendors, route);
    }

    private static List<Model> models(Plan plan) {
        return plan.choices().stream().map(Plan.Choice::model).toList();
    }

    private static List<String> names(Plan plan) {
        return models(plan).stream().map(Model::name).toList();
    }
}
