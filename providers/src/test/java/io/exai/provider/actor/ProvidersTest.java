package io.exai.provider.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exai.provider.actor.Provider.Answered;
import io.exai.provider.actor.Provider.Ask;
import io.exai.provider.actor.Provider.Cancel;
import io.exai.provider.actor.Provider.Command;
import io.exai.provider.actor.Provider.Delta;
import io.exai.provider.actor.Provider.Describe;
import io.exai.provider.actor.Provider.Description;
import io.exai.provider.actor.Provider.Failed;
import io.exai.provider.actor.Provider.Reply;
import io.exai.provider.breaker.Breakers;
import io.exai.provider.breaker.Phase;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Usage;
import io.exai.provider.fixture.Samples;
import io.exai.provider.fixture.SandboxSample;
import io.exai.provider.quota.Shares;
import io.exai.provider.sandbox.SandboxServer;
import io.exai.provider.setting.ProviderSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Provider, adapter and sandbox together. */
class ProvidersTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    private static final Grid GRID = new Grid(Shares.whole(), Breakers.own(Samples.BREAKER));

    private final TestProbe<Reply> asker = KIT.createTestProbe();
    private @Nullable ProviderDirectory directory;
    private @Nullable Flow<HttpRequest, HttpResponse, NotUsed> sandbox;

    @AfterAll
    static void stopKit() {
        KIT.shutdownTestKit();
    }

    @AfterEach
    void stopProviders() throws Exception {
        if (directory != null) {
            directory.stop().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void startsTheSandboxWhenNothingElseIsOn() throws Exception {
        var provider = start(new SandboxSample());
        provider.tell(ask("a", false));
        var answer = asker.expectMessageClass(Answered.class).answer();
        assertThat(answer.text()).isEqualTo("[sandbox] You said: hi there");
        assertThat(answer.provider()).isEqualTo("sandbox");
        assertThat(answer.model()).isEqualTo("sandbox-echo");
        assertThat(answer.usage()).isEqualTo(new Usage(4, 5, 0));
        var described = describe(provider);
        assertThat(described.sandbox()).isTrue();
        assertThat(described.answered()).isEqualTo(1);
        assertThat(log("requests")).contains("\"idempotencyKey\":\"a\"", "\"prompt\":\"hi there\"");
    }

    @Test
    void streamsWordByWord() throws Exception {
        var provider = start(new SandboxSample());
        provider.tell(ask("a", true));
        var text = new StringBuilder();
        for (int word = 0; word < 5; word++) {
            text.append(asker.expectMessageClass(Delta.class).piece().text());
        }
        var answer = asker.expectMessageClass(Answered.class).answer();
        assertThat(answer.text()).isEqualTo("[sandbox] You said: hi there").isEqualTo(text.toString());
        assertThat(answer.usage()).isEqualTo(new Usage(4, 5, 0));
    }

    @Test
    void neverHasMoreAtTheVendorThanItsPermits() throws Exception {
        var provider = start(new SandboxSample().maxInFlight(3).latency(Duration.ofMillis(5)));
        for (int i = 0; i < 60; i++) {
            provider.tell(ask("call-" + i, i % 2 == 0));
        }
        int answered = 0;
        while (answered < 60) {
            Reply reply = asker.receiveMessage(Duration.ofSeconds(10));
            assertThat(reply).isNotInstanceOf(Failed.class);
            answered += reply instanceof Answered ? 1 : 0;
        }
        assertThat(log("stats")).startsWith("{\"requests\":60,\"inFlight\":0,\"maxInFlight\":3,");
    }

    @Test
    void closesTheConnectionOfACancelledCall() throws Exception {
        var provider = start(new SandboxSample().latency(Duration.ofMinutes(5)));
        provider.tell(ask("a", false));
        awaitLog("\"outcome\":\"running\"");
        provider.tell(new Cancel("a"));
        awaitLog("\"outcome\":\"cancelled\"");
        asker.awaitAssert(() -> assertThat(describe(provider).inFlight()).isZero());
    }

    @Test
    void closesTheConnectionOfADeadAsker() throws Exception {
        var provider = start(new SandboxSample().tokenRate(0.1));
        TestProbe<Reply> mortal = KIT.createTestProbe();
        provider.tell(new Ask(Samples.request("a", "hi", true, Samples.SOON), "s", mortal.getRef()));
        mortal.expectMessageClass(Delta.class);
        mortal.stop();
        awaitLog("\"outcome\":\"cancelled\"");
    }

    @Test
    void timesOutACallThatTakesTooLong() throws Exception {
        var provider = start(new SandboxSample().stallRate(1));
        provider.tell(new Ask(Samples.request("a", "hi", false, Duration.ofMillis(300)), "s", asker.getRef()));
        assertThat(failure().kind()).isEqualTo(Kind.TIMEOUT);
        awaitLog("\"outcome\":\"stalled\"");
    }

    @Test
    void passesTheFailuresOfTheSandboxOn() throws Exception {
        var provider = start(new SandboxSample().errorRate(1));
        provider.tell(ask("a", false));
        assertThat(failure().kind()).isEqualTo(Kind.UPSTREAM_ERROR);
    }

    @Test
    void passesALimitedRateOn() throws Exception {
        var provider = start(new SandboxSample().rateLimitRate(1).retryAfter(Duration.ofSeconds(3)));
        provider.tell(ask("a", true));
        var failure = failure();
        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void passesABrokenStreamAndABrokenDocumentOn() throws Exception {
        var provider = start(new SandboxSample().breakRate(1));
        provider.tell(ask("stream", true));
        asker.expectMessageClass(Delta.class);
        assertThat(failure().kind()).isEqualTo(Kind.BROKEN_STREAM);
        provider.tell(ask("document", false));
        assertThat(failure().kind()).isEqualTo(Kind.BROKEN_STREAM);
    }

    @Test
    void givesUpAStreamThatFallsSilent() throws Exception {
        var quick = Samples.settings(
                "", "", Map.of(), new SandboxSample().stallRate(1).build(), Duration.ofMillis(100));
        var provider = start(quick, "sandbox");
        provider.tell(ask("a", true));
        asker.expectMessageClass(Delta.class);
        assertThat(failure().kind()).isEqualTo(Kind.STALLED);
    }

    @Test
    void startsVendorsWithoutTheSandbox() throws Exception {
        var settings = Samples.settings(
                "glm-4.5",
                Samples.vendor("key", null),
                Samples.vendor(null, "http://127.0.0.1:9/glm/"),
                Samples.custom(null, "http://127.0.0.1:9", "mine"),
                Samples.sandbox());
        var glm = start(settings, "glm");
        var started = Objects.requireNonNull(directory);
        assertThat(started.providers()).containsOnlyKeys("kimi", "glm", "custom");
        assertThat(started.catalogue().preferred().name()).isEqualTo("glm-4.5");
        assertThat(describe(glm))
                .isEqualTo(new Description("glm", "http://127.0.0.1:9/glm", false, 0, 0, 6, 6, 0, 0, Phase.CLOSED));
        glm.tell(ask("a", false));
        assertThat(failure().kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void failsWhatIsOpenWhenItStops() throws Exception {
        var provider = start(new SandboxSample().latency(Duration.ofMinutes(5)));
        provider.tell(ask("a", false));
        awaitLog("\"outcome\":\"running\"");
        Objects.requireNonNull(directory).stop().toCompletableFuture().get(20, TimeUnit.SECONDS);
        directory = null;
        assertThat(failure().kind()).isEqualTo(Kind.INTERNAL);
        asker.expectTerminated(provider);
    }

    @Test
    void refusesToStartWithSettingsOutOfRange() {
        var settings = Samples.settings(new SandboxSample().maxInFlight(0).build());
        assertThatThrownBy(() -> Providers.start(KIT.system(), settings, GRID, Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exai.providers.sandbox.max-in-flight: 0 (expected: 1 to 10000)");
    }

    private ActorRef<Command> start(SandboxSample sample) {
        return start(Samples.settings(sample.build()), "sandbox");
    }

    private ActorRef<Command> start(ProviderSettings settings, String provider) {
        sandbox = SandboxServer.embedded(settings.sandbox(), Clock.systemUTC());
        var flow = sandbox;
        // the names of the test before are free a moment after its actors have stopped
        var started = asker.awaitAssert(
                Samples.SOON, () -> Providers.start(KIT.system(), settings, GRID, Clock.systemUTC(), flow));
        directory = started;
        return Objects.requireNonNull(started.providers().get(provider));
    }

    private Ask ask(String key, boolean stream) {
        return new Ask(Samples.request(key, "hi there", stream, Samples.SOON), "session", asker.getRef());
    }

    private ProviderFailure failure() {
        return asker.expectMessageClass(Failed.class, Samples.SOON).failure();
    }

    private Description describe(ActorRef<Command> provider) {
        TestProbe<Description> probe = KIT.createTestProbe();
        provider.tell(new Describe(probe.getRef()));
        return probe.receiveMessage();
    }

    private void awaitLog(String expected) {
        asker.awaitAssert(Samples.SOON, () -> {
            try {
                assertThat(log("requests")).contains(expected);
            } catch (Exception unreachable) {
                throw new AssertionError(unreachable);
            }
            return true;
        });
    }

    private String log(String what) throws Exception {
        return Source.single(HttpRequest.GET("/sandbox/" + what))
                .via(Objects.requireNonNull(sandbox))
                .runWith(Sink.head(), KIT.system())
                .thenCompose(response -> response.entity().toStrict(Samples.SOON.toMillis(), KIT.system()))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .getData()
                .utf8String();
    }
}
