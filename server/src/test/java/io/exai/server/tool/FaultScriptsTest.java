package io.exai.server.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.exai.protocol.json.WireJson;
import io.exai.provider.actor.Grid;
import io.exai.provider.actor.Priority;
import io.exai.provider.actor.ProviderDirectory;
import io.exai.provider.actor.Providers;
import io.exai.provider.breaker.Breakers;
import io.exai.provider.breaker.Phase;
import io.exai.provider.quota.Shares;
import io.exai.provider.sandbox.SandboxServer;
import io.exai.server.quota.Quota;
import io.exai.server.setting.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever two vendors do wrong, every call ends once: in a text, or in an error with code, category and retryability. And
 * when one of them is well, in a text.
 */
class FaultScriptsTest {
    private static final List<String> FAULTS = List.of(
            "{\"kind\":\"status\",\"status\":500}",
            "{\"kind\":\"status\",\"status\":503,\"retryAfter\":\"0\"}",
            "{\"kind\":\"status\",\"status\":429,\"retryAfter\":\"1\"}",
            "{\"kind\":\"status\",\"status\":429,\"retryAfter\":\"3\"}",
            "{\"kind\":\"status\",\"status\":400}",
            "{\"kind\":\"status\",\"status\":401}",
            "{\"kind\":\"status\",\"status\":402}",
            "{\"kind\":\"status\",\"status\":404}",
            "{\"kind\":\"status\",\"status\":200,\"body\":\"{}\"}",
            "{\"kind\":\"stall\",\"after\":0}",
            "{\"kind\":\"stall\",\"after\":2}",
            "{\"kind\":\"break\",\"after\":0}",
            "{\"kind\":\"break\",\"after\":1}",
            "{\"kind\":\"break\",\"after\":4}",
            "{\"kind\":\"slow\",\"millis\":300}",
            "{\"kind\":\"empty\"}",
            "{\"kind\":\"blank\"}",
            "{\"kind\":\"garbage\"}",
            "{\"kind\":\"huge\",\"bytes\":200000}");
    private static final int CALLS = 40;
    private static final int SCRIPTS = 12;
    private static final Duration SOON = Duration.ofSeconds(20);

    private static ActorTestKit kit;
    private static SandboxServer kimi;
    private static SandboxServer glm;
    private static ToolParts parts;
    private static ProviderDirectory directory;
    private static int number;

    static IntStream seeds() {
        return IntStream.range(0, SCRIPTS);
    }

    @BeforeAll
    static void start() throws Exception {
        kit = ActorTestKit.create(ConfigFactory.parseString("pekko.actor.provider = local"));
        Settings plain = Settings.load(null, ConfigFactory.empty());
        kimi = sandbox(plain);
        glm = sandbox(plain);
        Settings settings = Settings.load(null, ConfigFactory.parseString("""
                exai {
                  deadline { simple = 5s, workflow = 5s }
                  quota.max-in-flight = 200
                  providers {
                    vendors.kimi { base-url = "http://127.0.0.1:%d/kimi/v1", max-in-flight = 100 }
                    vendors.glm { base-url = "http://127.0.0.1:%d/glm/v4", max-in-flight = 100 }
                    retry.base = 20ms
                    breaker.open-for = 300ms
                    max-answer-size = 100000
                  }
                }""".formatted(kimi.port(), glm.port())));
        directory = Providers.start(
                kit.system(),
                settings.providers(),
                new Grid(Shares.whole(), Breakers.own(settings.providers().breaker())),
                Clock.systemUTC());
        parts = Kits.parts(
                Toolbox.load("", settings.deadline()),
                Kits.models(settings.providers(), directory),
                kit.spawn(Quota.create(settings.quota(), Shares.whole())),
                Clock.systemUTC());
    }

    @AfterAll
    static void stop() throws Exception {
        directory.stop().toCompletableFuture().get(20, TimeUnit.SECONDS);
        kit.shutdownTestKit();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void endEveryCallInATextOrAnErrorThatSaysWhatItIs(int seed) throws Exception {
        Random random = new Random(seed);
        kimi.sandbox().faults(script(random));
        glm.sandbox().faults(script(random));
        for (RunReport report : outcomes(random)) {
            assertEndsWell(report, "seed " + seed);
        }
    }

    /** A request that a vendor calls bad is bad everywhere, so that is left out. */
    @ParameterizedTest
    @MethodSource("seeds")
    void endEveryCallInATextWhileOneVendorIsWell(int seed) throws Exception {
        Random random = new Random(seed);
        heal();
        kimi.sandbox().faults(script(random).replace("\"status\":400", "\"status\":500"));
        glm.sandbox().faults("[]");
        for (RunReport report : outcomes(random)) {
            assertThat(report).as("seed %d", seed).isInstanceOf(RunReport.Succeeded.class);
            assertEndsWell(report, "seed " + seed);
        }
    }

    /** Breakers that the last script opened close again. */
    private static void heal() {
        kimi.sandbox().faults("[]");
        glm.sandbox().faults("[]");
        TestProbe<RunReport> patience = kit.createTestProbe(RunReport.class);
        patience.awaitAssert(SOON, () -> {
            for (String model : List.of("kimi-latest", "glm-4.6")) {
                assertThat(outcome(start(false, model))).isInstanceOf(RunReport.Succeeded.class);
            }
            for (String provider : directory.providers().keySet()) {
                assertThat(directory.health().phase(provider)).isEqualTo(Phase.CLOSED);
                assertThat(directory.health().isPaused(provider)).isFalse();
            }
            return true;
        });
    }

    private static void assertEndsWell(RunReport report, String as) throws Exception {
        if (report instanceof RunReport.Succeeded succeeded) {
            JsonNode answer = WireJson.parse(succeeded.answer());
            assertThat(answer.path("content").path(0).path("text").asText())
                    .as(as)
                    .isNotBlank();
            assertThat(answer.path("_meta")
                            .path("io.exai/route")
                            .path("attempts")
                            .asInt())
                    .as(as)
                    .isPositive();
        } else {
            RunReport.Failed failed = (RunReport.Failed) report;
            assertThat(failed.message()).as(as).isNotBlank();
            assertThat(failed.code().category()).as(as).isNotBlank();
        }
    }

    /** The last thing that each of some calls says; nothing comes after it. */
    private static List<RunReport> outcomes(Random random) {
        List<TestProbe<RunReport>> sessions = IntStream.range(0, CALLS)
                .mapToObj(call -> start(random.nextBoolean(), random.nextBoolean() ? "kimi-latest" : "auto"))
                .toList();
        return sessions.stream().map(FaultScriptsTest::outcome).toList();
    }

    private static RunReport outcome(TestProbe<RunReport> session) {
        RunReport report = session.receiveMessage(SOON);
        while (report instanceof RunReport.Progressed || report instanceof RunReport.Started) {
            report = session.receiveMessage(SOON);
        }
        session.expectNoMessage(Duration.ZERO);
        return report;
    }

    private static TestProbe<RunReport> start(boolean streamed, String model) {
        String key = "call-" + number++;
        TestProbe<RunReport> session = kit.createTestProbe(RunReport.class);
        Job job = new Job(
                key,
                "session " + number % 5,
                "alice",
                key,
                parts.toolbox().find("chat").orElseThrow(),
                WireJson.write(WireJson.object().put("prompt", key).put("model", model)),
                streamed,
                true,
                CallContext.none(),
                Priority.NORMAL);
        kit.spawn(ToolCall.create(job, parts, session.ref()));
        return session;
    }

    private static String script(Random random) {
        return random.ints(4, 0, FAULTS.size())
                .mapToObj(fault -> "{\"share\":" + (0.2 + 0.8 * random.nextDouble()) + ",\"count\":"
                        + (1 + random.nextInt(40)) + ",\"fault\":" + FAULTS.get(fault) + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static SandboxServer sandbox(Settings settings) throws Exception {
        return SandboxServer.start(
                        kit.system(), "127.0.0.1", 0, settings.providers().sandbox(), Clock.systemUTC())
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }
}
