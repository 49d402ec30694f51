package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes whose first vendor fails: calls are answered by the second, and the nodes agree when to leave one alone. */
@Timeout(240)
class ClusterBreakerIT {
    private static final String LATEST = "2025-11-25";
    private static final Duration OPEN = Duration.ofSeconds(4);
    private static final Duration AGREED = Duration.ofSeconds(1);
    private static final String ALWAYS = "[{\"fault\":{\"kind\":\"status\",\"status\":503}}]";

    @TempDir
    private static Path folder;

    private static SandboxProcess kimi;
    private static SandboxProcess glm;
    private static Cluster cluster;
    private static final List<HttpPeer> PEERS = new ArrayList<>();
    private static int calls;

    @BeforeAll
    static void form() throws Exception {
        kimi = SandboxProcess.start();
        glm = SandboxProcess.start();
        Map<String, String> environment = new HashMap<>(Map.of(
                "KIMI_API_KEY", "key",
                "KIMI_API_URL", kimi.url("kimi"),
                "GLM_API_KEY", "key",
                "GLM_API_URL", glm.url("glm"),
                "EXAI_WS_KIMI_MAX_INFLIGHT", "60",
                "EXAI_WS_GLM_MAX_INFLIGHT", "60",
                "EXAI_WS_GLOBAL_MAX_INFLIGHT", "200",
                "EXAI_WS_SESSION_MAX_INFLIGHT", "40",
                "SIMPLE_TOOL_TIMEOUT_SECS", "20",
                "WORKFLOW_TOOL_TIMEOUT_SECS", "20"));
        cluster = Cluster.start(
                3,
                folder,
                environment,
                "-D",
                "exai.providers.breaker.open-for=" + OPEN.toMillis() + "ms",
                "-D",
                "exai.providers.retry.base=20ms");
        for (int node = 0; node < 3; node++) {
            PEERS.add(HttpPeer.initialized(cluster.node(node).port(), LATEST));
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
        kimi.close();
        glm.close();
    }

    /** The next test finds a vendor that is well, and a breaker that knows it. */
    @AfterEach
    void heal() throws Exception {
        kimi.script("[]");
        Await.until("kimi answers", Duration.ofSeconds(30), () -> provider(ask(0)), "kimi"::equals);
    }

    @Test
    void leavesAVendorAloneOnAllNodesAndTriesItOnceAfterwards() throws Exception {
        int before = kimi.visits().size();
        kimi.script(ALWAYS);
        for (int call = 0; call < 3; call++) {
            assertThat(provider(ask(0))).isEqualTo("glm");
        }
        int failures = kimi.visits().size() - before;
        assertThat(failures).isBetween(5, 6);
        for (int node = 0; node < 3; node++) {
            awaitBreaker(node, "open", AGREED);
        }
        for (int call = 0; call < 9; call++) {
            JsonNode answer = ask(call % 3);
            assertThat(provider(answer)).isEqualTo("glm");
            assertThat(Messages.meta(answer, "route").path("attempts").asInt()).isEqualTo(1);
        }
        assertThat(kimi.visits()).hasSize(before + failures);

        kimi.script("[{\"fault\":{\"kind\":\"slow\",\"millis\":1500}}]");
        for (int node = 0; node < 3; node++) {
            awaitBreaker(node, "half-open", OPEN.plus(AGREED));
        }
        int probes = kimi.visits().size();
        List<EventReader> streams = new ArrayList<>();
        for (int call = 0; call < 30; call++) {
            streams.add(PEERS.get(call % 3).open(message()));
        }
        List<String> providers = new ArrayList<>();
        for (EventReader stream : streams) {
            providers.add(provider(stream.answer()));
        }
        List<SandboxProcess.Visit> visits = kimi.visits();
        Instant decided = Objects.requireNonNull(visits.get(probes).ended());
        assertThat(visits.subList(probes + 1, visits.size()))
                .as("one probe is sent, and nothing else before its end")
                .allSatisfy(visit -> assertThat(visit.arrived()).isAfter(decided));
        assertThat(providers).contains("kimi", "glm").doesNotContain("");
        Await.until("kimi answers on all nodes", OPEN, () -> provider(ask(1)) + provider(ask(2)), "kimikimi"::equals);
    }

    @Test
    void answersAllCallsWhenAThirdOfThemFails() throws Exception {
        kimi.script("[{\"share\":0.3,\"fault\":{\"kind\":\"status\",\"status\":500}}]");
        answersAll(60);
    }

    @Test
    void answersAllCallsWhenAVendorFallsSilent() throws Exception {
        kimi.script("[{\"count\":6,\"fault\":{\"kind\":\"stall\",\"after\":1}}]");
        answersAll(12);
    }

    @Test
    void answersAllCallsWhenAVendorSendsNothingUseful() throws Exception {
        kimi.script("[{\"count\":1,\"fault\":{\"kind\":\"empty\"}},{\"count\":1,\"fault\":{\"kind\":\"garbage\"}},"
                + "{\"count\":1,\"fault\":{\"kind\":\"blank\"}},{\"count\":1,\"fault\":{\"kind\":\"break\",\"after\":0}},"
                + "{\"count\":1,\"fault\":{\"kind\":\"break\",\"after\":2}},"
                + "{\"count\":1,\"fault\":{\"kind\":\"status\",\"status\":401}},"
                + "{\"count\":1,\"fault\":{\"kind\":\"status\",\"status\":402}},"
                + "{\"count\":1,\"fault\":{\"kind\":\"status\",\"status\":429,\"retryAfter\":\"30\"}}]");
        answersAll(24);
    }

    private static void answersAll(int count) throws Exception {
        List<EventReader> streams = new ArrayList<>();
        for (int call = 0; call < count; call++) {
            streams.add(PEERS.get(call % 3).open(message()));
        }
        for (EventReader stream : streams) {
            assertThat(Messages.text(stream.answer())).startsWith("[sandbox] You said: call ");
        }
    }

    private static void awaitBreaker(int node, String phase, Duration patience) throws Exception {
        ObjectNode status = Messages.call("status", "status", WireJson.object());
        Await.until(
                "breaker " + phase,
                patience,
                () -> Messages.text(HttpPeer.message(PEERS.get(node).post(status))),
                text -> text.contains("kimi (breaker " + phase + ")"));
    }

    private static JsonNode ask(int node) throws Exception {
        return HttpPeer.message(PEERS.get(node).post(message()));
    }

    private static String provider(JsonNode answer) {
        return Messages.meta(answer, "provider").asText();
    }

    /** No two are equal, so that each is asked. */
    private static ObjectNode message() {
        calls++;
        ObjectNode arguments = WireJson.object().put("prompt", "call " + calls).put("model", "kimi-latest");
        return Messages.call(calls, "chat", arguments);
    }
}
