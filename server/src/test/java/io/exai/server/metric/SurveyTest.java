package io.exai.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.exai.provider.actor.Provider;
import io.exai.provider.breaker.Health;
import io.exai.provider.breaker.Phase;
import io.exai.server.quota.Quota;
import io.exai.server.setting.Settings;
import io.exai.server.spending.Spending;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How full things are: asked when somebody looks, and not too often. */
class SurveyTest {
    private static final Settings SETTINGS = Settings.load(null, ConfigFactory.empty());
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<Provider.Command> kimi = kit.createTestProbe(Provider.Command.class);
    private final TestProbe<Quota.Command> quota = kit.createTestProbe(Quota.Command.class);
    private final TestProbe<Survey.Page> reader = kit.createTestProbe(Survey.Page.class);
    private final Health health = new Health(System::nanoTime);
    private final AtomicLong clock = new AtomicLong();
    private final Registry registry = new Registry(SETTINGS.config());
    private final ActorRef<Survey.Command> survey = kit.spawn(Survey.create(new Survey.Parts(
            registry,
            new Gauges(registry),
            new Sources(Map.of("kimi", kimi.ref()), quota.ref(), health, Spending.none(), () -> 7, () -> 8),
            INTERVAL,
            clock::get)));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void showsWhatItWasTold() {
        health.tell("kimi", Phase.OPEN, Duration.ofMinutes(1), Duration.ZERO);
        read();
        answer(3, Phase.OPEN);

        PrometheusPage page = page();
        assertThat(page.value("exai_provider_in_flight{provider=\"kimi\"}")).isEqualTo(3);
        assertThat(page.value("exai_provider_waiting{provider=\"kimi\"}")).isEqualTo(2);
        assertThat(page.value("exai_provider_permits{provider=\"kimi\"}")).isEqualTo(4);
        assertThat(page.value("exai_provider_permit_limit{provider=\"kimi\"}")).isEqualTo(6);
        assertThat(page.value("exai_breaker_state{provider=\"kimi\"}")).isEqualTo(1);
        assertThat(page.value("exai_breaker_changes_total")).isEqualTo(1);
        assertThat(page.value("exai_quota_in_use")).isEqualTo(5);
        assertThat(page.value("exai_quota_waiting")).isEqualTo(1);
        assertThat(page.value("exai_connections")).isEqualTo(7);
        assertThat(page.value("exai_sessions")).isEqualTo(8);
        assertThat(page.value("exai_spent_today_usd")).isZero();
        assertThat(page.value("exai_jvm_memory_bytes{area=\"heap\",kind=\"used\"}"))
                .isPositive();
        assertThat(page.value("exai_jvm_threads")).isPositive();
    }

    @Test
    void asksNobodyAgainWhileFiguresAreFresh() {
        read();
        answer(3, Phase.CLOSED);
        page();
        clock.addAndGet(INTERVAL.toNanos() - 1);
        read();
        assertThat(page().value("exai_provider_in_flight{provider=\"kimi\"}")).isEqualTo(3);
        kimi.expectNoMessage(Duration.ofMillis(50));

        clock.incrementAndGet();
        read();
        answer(0, Phase.HALF_OPEN);
        PrometheusPage page = page();
        assertThat(page.value("exai_provider_in_flight{provider=\"kimi\"}")).isZero();
        assertThat(page.value("exai_breaker_state{provider=\"kimi\"}")).isEqualTo(2);
    }

    @Test
    void asksOnceForAllWhoLookAtTheSameTime() {
        read();
        read();
        answer(1, Phase.CLOSED);
        page();
        page();
        kimi.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void doesNotWaitForWhoeverIsSilent() {
        read();
        quota.expectMessageClass(Quota.Describe.class).replyTo().tell(new Quota.Description(5, 1, 4, 9));
        Provider.Describe late = kimi.expectMessageClass(Provider.Describe.class);
        reader.expectNoMessage(Duration.ofMillis(50));
        time.timePasses(Survey.PATIENCE);
        assertThat(page().value("exai_quota_in_use")).isEqualTo(5);

        late.replyTo().tell(description(9, Phase.CLOSED));
        read();
        assertThat(page().value("exai_provider_in_flight{provider=\"kimi\"}")).isEqualTo(9);
    }

    private void read() {
        survey.tell(new Survey.Read(reader.ref()));
    }

    private PrometheusPage page() {
        return new PrometheusPage(reader.expectMessageClass(Survey.Page.class).text());
    }

    private void answer(int inFlight, Phase phase) {
        kimi.expectMessageClass(Provider.Describe.class).replyTo().tell(description(inFlight, phase));
        quota.expectMessageClass(Quota.Describe.class).replyTo().tell(new Quota.Description(5, 1, 4, 9));
    }

    private static Provider.Description description(int inFlight, Phase phase) {
        return new Provider.Description("kimi", "http://x", false, inFlight, 2, 4, 6, 10, 11, phase);
    }
}
