package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Equal calls of one principal share one request to the model, for as long as the daemon is told to. */
@Timeout(120)
class FlightIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SESSIONS = 20;
    private static final int EACH = 10;

    @TempDir
    private Path data;

    @Test
    void asksOnceForTwoHundredEqualCallsOfTwentySessions() throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start("--latency", "500ms");
                DaemonProcess daemon = daemon(sandbox, Map.of())) {
            List<JsonNode> answers = manyEqualCalls(daemon);
            assertThat(sandbox.visits()).hasSize(1);
            assertThat(answers).extracting(Messages::text).containsOnly("[sandbox] You said: same");
            assertThat(answers).filteredOn(answer -> shared(answer).isEmpty()).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> !shared(answer).isEmpty())
                    .extracting(FlightIT::shared)
                    .isSubsetOf("joined", "flight", "memory");
        }
    }

    @Test
    void asksForEachCallOfAToolThatIsToShareNothing() throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start();
                DaemonProcess daemon = daemon(sandbox, Map.of("EXAI_WS_DISABLE_COALESCE_FOR_TOOLS", "other,chat"))) {
            List<JsonNode> answers = manyEqualCalls(daemon);
            assertThat(sandbox.visits()).hasSize(SESSIONS * EACH);
            assertThat(answers).extracting(FlightIT::shared).containsOnly("");
        }
    }

    @Test
    void sharesNothingBetweenPrincipalsNorWithConversations() throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start();
                DaemonProcess daemon = DaemonProcess.start(
                        data,
                        Map.of("CUSTOM_API_URL", sandbox.url()),
                        "-D",
                        "exai.security.tokens.alice=alice-alice-alice",
                        "-D",
                        "exai.security.tokens.bob=bob-bob-bob-bob-bob");
                RawClient alice = client(daemon, "Authorization: Bearer alice-alice-alice");
                RawClient bob = client(daemon, "Authorization: Bearer bob-bob-bob-bob-bob")) {
            assertThat(shared(alice.ask(Messages.chat(1, "same")))).isEmpty();
            assertThat(shared(bob.ask(Messages.chat(1, "same")))).isEmpty();
            assertThat(sandbox.visits("same")).hasSize(2);
            assertThat(shared(alice.ask(Messages.chat(2, "same")))).isEqualTo("memory");
            ObjectNode conversation = WireJson.object().put("prompt", "same").put("continuation_id", "new");
            assertThat(shared(alice.ask(Messages.call(3, "chat", conversation))))
                    .isEmpty();
            assertThat(sandbox.visits("same")).hasSize(3);
        }
    }

    @Test
    void asksAgainWhenTheAnswerIsTooOld() throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start();
                DaemonProcess daemon = daemon(sandbox, Map.of("EXAI_WS_RESULT_TTL", "1s"));
                RawClient client = client(daemon)) {
            client.ask(Messages.chat(1, "same"));
            List<String> origins = new ArrayList<>();
            Await.until("the model is asked again", PATIENCE, () -> {
                origins.add(shared(client.ask(Messages.chat("again-" + origins.size(), "same"))));
                return sandbox.visits("same").size() == 2;
            });
            assertThat(origins).last().isEqualTo("");
            assertThat(origins.subList(0, origins.size() - 1)).isNotEmpty().containsOnly("memory");
        }
    }

    @Test
    void knowsTheAnswerAfterARestart() throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start();
                DaemonProcess daemon = daemon(sandbox, Map.of())) {
            JsonNode first;
            try (RawClient client = client(daemon)) {
                first = client.ask(Messages.chat(1, "same"));
            }
            daemon.stop();
            daemon.restart();
            try (RawClient client = client(daemon)) {
                JsonNode again = client.ask(Messages.chat(1, "same"));
                assertThat(shared(again)).isEqualTo("store");
                assertThat(Messages.text(again)).isEqualTo(Messages.text(first));
                assertThat(shared(client.ask(Messages.chat(2, "same")))).isEqualTo("memory");
            }
            assertThat(sandbox.visits("same")).hasSize(1);
        }
    }

    @Test
    void stopsTheRequestWhenAllWhoWaitedHaveCancelled() throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start("--latency", "60s");
                DaemonProcess daemon = daemon(sandbox, Map.of());
                OpSocket one = OpSocket.greeted(daemon.port());
                OpSocket other = OpSocket.greeted(daemon.port())) {
            one.send(OpSocket.chat("c1", "same"));
            Await.until("the model is asked", PATIENCE, sandbox::inFlight, running -> running == 1);
            other.send(OpSocket.chat("c1", "same"));
            other.next("call_tool_ack");
            one.send(OpSocket.message("cancel").put("request_id", "c1"));
            one.next("cancelled");
            assertThat(sandbox.inFlight()).isEqualTo(1);
            other.send(OpSocket.message("cancel").put("request_id", "c1"));
            Await.until("the request ends", PATIENCE, sandbox::inFlight, running -> running == 0);
            assertThat(sandbox.visits("same"))
                    .extracting(SandboxProcess.Visit::outcome)
                    .containsExactly("cancelled");
        }
    }

    private static List<JsonNode> manyEqualCalls(DaemonProcess daemon) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        List<JsonNode> answers = new ArrayList<>();
        try {
            for (int number = 0; number < SESSIONS; number++) {
                clients.add(client(daemon));
            }
            for (int call = 0; call < EACH; call++) {
                for (RawClient client : clients) {
                    client.send(Messages.chat("call-" + call, "same"));
                }
            }
            for (RawClient client : clients) {
                for (int call = 0; call < EACH; call++) {
                    answers.add(client.next());
                }
            }
            return answers;
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    private static String shared(JsonNode answer) {
        return Messages.meta(answer, "shared").asText("");
    }

    private static RawClient client(DaemonProcess daemon, String... headers) throws Exception {
        RawClient client = RawClient.connect(daemon.port(), "/mcp/ws", headers);
        client.ask(Messages.initialize(0));
        return client;
    }

    private DaemonProcess daemon(SandboxProcess sandbox, Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("CUSTOM_API_URL", sandbox.url());
        environment.put("EXAI_WS_SESSION_MAX_INFLIGHT", "16");
        return DaemonProcess.start(data, environment);
    }
}
