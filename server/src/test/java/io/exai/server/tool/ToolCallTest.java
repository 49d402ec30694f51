package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.WireJson;
import io.exai.provider.actor.Effort;
import io.exai.provider.actor.Priority;
import io.exai.provider.actor.Provider;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.Usage;
import io.exai.server.quota.Quota;
import io.exai.server.setting.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A run and its permits. */
class ToolCallTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create(ConfigFactory.parseString("pekko.actor.provider = local"));
    private static final Settings SETTINGS =
            Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on"));

    private static final Duration QUIET = Duration.ofMillis(100);

    private final TestProbe<Quota.Command> quota = KIT.createTestProbe(Quota.Command.class);
    private final TestProbe<Provider.Command> provider = KIT.createTestProbe(Provider.Command.class);
    private final TestProbe<Provider.Command> kimi = KIT.createTestProbe(Provider.Command.class);
    private final TestProbe<Provider.Command> glm = KIT.createTestProbe(Provider.Command.class);
    private final HeardMeter meter = new HeardMeter();
    private final TestProbe<RunReport> session = KIT.createTestProbe(RunReport.class);

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @Test
    void waitsForItsProviderFirstAndForTheDaemonThen() {
        start(Priority.HIGH);
        Provider.Ask ask = provider.expectMessageClass(Provider.Ask.class);
        assertThat(ask.priority()).isEqualTo(Priority.HIGH);
        assertThat(ask.stepwise()).isTrue();
        quota.expectNoMessage(QUIET);
        ask.replyTo().tell(new Provider.Ready("key"));
        Quota.Acquire asked = quota.expectMessageClass(Quota.Acquire.class);
        assertThat(asked.priority()).isEqualTo(Priority.HIGH);
        provider.expectNoMessage(QUIET);
        asked.replyTo().tell(new Quota.Granted());
        provider.expectMessage(new Provider.Proceed(ask.replyTo()));
    }

    @Test
    void wasNotStartedWhenItsProviderHadNoPermit() {
        start(Priority.NORMAL);
        failed(provider.expectMessageClass(Provider.Ask.class), ProviderFailure.Kind.OVER_CAPACITY);
        RunReport.Failed report = session.expectMessageClass(RunReport.Failed.class);
        assertThat(report.started()).isFalse();
        assertThat(report.code()).isEqualTo(ErrorCode.OVER_CAPACITY);
        assertThat(report.retryAfterMillis()).isEqualTo(1_500);
    }

    @Test
    void givesUpWhenItsPermitIsRevoked() {
        ActorRef<?> run = start(Priority.NORMAL);
        Quota.Acquire asked = granted(provider.expectMessageClass(Provider.Ask.class));
        asked.replyTo().tell(new Quota.Revoked());
        assertInterrupted();
        session.expectTerminated(run);
    }

    @Test
    void tellsThatItsProviderLostItsPermits() {
        start(Priority.NORMAL);
        Provider.Ask ask = provider.expectMessageClass(Provider.Ask.class);
        granted(ask);
        failed(ask, ProviderFailure.Kind.REVOKED);
        assertInterrupted();
        assertThat(meter.heard).singleElement().asString().endsWith(" failed, REVOKED, 1 attempts");
    }

    @Test
    void asksAnotherModelWhenOneFailsAndGivesItsPermitBackMeanwhile() throws Exception {
        start("{\"prompt\":\"hi\",\"model\":\"kimi-k2\"}");
        Provider.Ask first = kimi.expectMessageClass(Provider.Ask.class);
        assertThat(first.request().model()).isEqualTo("kimi-k2-0905-preview");
        assertThat(first.silence()).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(90));
        granted(first, kimi);
        failed(first, ProviderFailure.Kind.UPSTREAM_ERROR);
        quota.expectMessageClass(Quota.Release.class);
        Provider.Ask second = glm.expectMessageClass(Provider.Ask.class);
        assertThat(second.request().model()).isEqualTo("glm-4.5-flash");
        Quota.Acquire again = granted(second, glm);
        assertThat(again.turn()).isEqualTo(1);
        second.replyTo().tell(answered("glm", "glm-4.5-flash"));
        JsonNode meta = WireJson.parse(
                        session.expectMessageClass(RunReport.Succeeded.class).answer())
                .path("_meta");
        assertThat(meta.path("io.exai/model").asText()).isEqualTo("glm-4.5-flash");
        assertThat(meter.heard)
                .containsExactly(
                        "kimi-k2-0905-preview failed, UPSTREAM_ERROR, 1 attempts",
                        "kimi-k2-0905-preview to glm-4.5-flash",
                        "glm-4.5-flash answered, 1000 in, 100 out, 0 nanos, 2 attempts");
        JsonNode route = meta.path("io.exai/route");
        assertThat(route.path("asked").asText()).isEqualTo("kimi-k2");
        assertThat(route.path("used").asText()).isEqualTo("glm-4.5-flash");
        assertThat(route.path("attempts").asInt()).isEqualTo(3);
        assertThat(route.path("failed").path(0).path("kind").asText()).isEqualTo("UPSTREAM_ERROR");
        assertThat(meta.path("io.exai/timing").path("firstTokenMillis").asInt()).isEqualTo(7);
        assertThat(meta.path("io.exai/cost").path("usd").asDouble()).isZero();
    }

    @Test
    void tellsAllThatWasTriedWhenNobodyAnswers() {
        start("{\"prompt\":\"hi\",\"model\":\"glm-4.6\"}");
        failed(glm.expectMessageClass(Provider.Ask.class), ProviderFailure.Kind.BREAKER_OPEN);
        failed(kimi.expectMessageClass(Provider.Ask.class), ProviderFailure.Kind.UNAUTHORIZED);
        failed(glm.expectMessageClass(Provider.Ask.class), ProviderFailure.Kind.BREAKER_OPEN);
        RunReport.Failed report = session.expectMessageClass(RunReport.Failed.class);
        assertThat(report.code()).isEqualTo(ErrorCode.PROVIDER_ERROR);
        assertThat(report.message()).startsWith("why; then kimi-").contains("; then glm-");
        assertThat(report.retryable()).isTrue();
    }

    @Test
    void asksNobodyElseWhatNobodyWouldAnswer() {
        start("{\"prompt\":\"hi\",\"model\":\"glm-4.6\"}");
        failed(glm.expectMessageClass(Provider.Ask.class), ProviderFailure.Kind.INVALID_REQUEST);
        assertThat(session.expectMessageClass(RunReport.Failed.class).retryable())
                .isFalse();
    }

    @Test
    void ignoresAPermitThatItGaveBack() {
        start("{\"prompt\":\"hi\",\"model\":\"glm-4.6\"}");
        Provider.Ask first = glm.expectMessageClass(Provider.Ask.class);
        first.replyTo().tell(new Provider.Ready("key"));
        Quota.Acquire asked = quota.expectMessageClass(Quota.Acquire.class);
        failed(first, ProviderFailure.Kind.BREAKER_OPEN);
        quota.expectMessageClass(Quota.Release.class);
        kimi.expectMessageClass(Provider.Ask.class);
        asked.replyTo().tell(new Quota.Granted(asked.turn()));
        kimi.expectNoMessage(QUIET);
    }

    @Test
    void namesWhyNoModelCanAnswer() {
        start("{\"prompt\":\"" + "x".repeat(90_000) + "\",\"model\":\"moonshot-v1-8k\"}", "never");
        RunReport.Failed report = session.expectMessageClass(RunReport.Failed.class);
        assertThat(report.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
        assertThat(report.message())
                .startsWith(
                        "model: moonshot-v1-8k (expected: one that can answer this; moonshot-v1-8k takes questions of");
    }

    private static Provider.Answered answered(String provider, String model) {
        var answer = new ChatAnswer("yes", null, provider, model, "stop", new Usage(1_000, 100, 0));
        return new Provider.Answered("key", answer, new Effort(2, Duration.ofMillis(7), Duration.ofMillis(9)));
    }

    private Quota.Acquire granted(Provider.Ask ask, TestProbe<Provider.Command> asked) {
        ask.replyTo().tell(new Provider.Ready("key"));
        Quota.Acquire acquire = quota.expectMessageClass(Quota.Acquire.class);
        acquire.replyTo().tell(new Quota.Granted(acquire.turn()));
        asked.expectMessageClass(Provider.Proceed.class);
        return acquire;
    }

    private void start(String arguments) {
        start(arguments, "always");
    }

    /** With two vendors on. */
    private void start(String arguments, String fallback) {
        Settings settings = Settings.load(
                null,
                ConfigFactory.parseString("exai.providers { vendors { kimi.api-key = k, glm.api-key = k }, "
                        + "route.fallback = " + fallback + " }"));
        Models models = Kits.models(settings.providers(), Map.of("kimi", kimi.ref(), "glm", glm.ref()), meter);
        start(Priority.NORMAL, arguments, models);
    }

    private Quota.Acquire granted(Provider.Ask ask) {
        ask.replyTo().tell(new Provider.Ready("key"));
        Quota.Acquire asked = quota.expectMessageClass(Quota.Acquire.class);
        asked.replyTo().tell(new Quota.Granted());
        provider.expectMessageClass(Provider.Proceed.class);
        return asked;
    }

    private static void failed(Provider.Ask ask, ProviderFailure.Kind kind) {
        ask.replyTo()
                .tell(new Provider.Failed(
                        "key", new ProviderFailure(kind, "why", Duration.ofMillis(1_500), "sandbox", "m")));
    }

    private void assertInterrupted() {
        session.expectMessage(new RunReport.Interrupted("1"));
    }

    private ActorRef<?> start(Priority priority) {
        Models models = Kits.models(SETTINGS.providers(), Map.of("sandbox", provider.ref()), meter);
        return start(priority, "{\"prompt\":\"hi\"}", models);
    }

    private ActorRef<?> start(Priority priority, String arguments, Models models) {
        Toolbox toolbox = Toolbox.load("", SETTINGS.deadline());
        Tool chat = toolbox.find("chat").orElseThrow();
        Job job = new Job("1", "s", "alice", "key", chat, arguments, false, false, CallContext.none(), priority);
        ToolParts parts = Kits.parts(toolbox, models, quota.ref(), Clock.systemUTC());
        return KIT.spawn(ToolCall.create(job, parts, session.ref()));
    }
}
