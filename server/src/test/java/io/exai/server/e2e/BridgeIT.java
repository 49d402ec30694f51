package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.exai.protocol.json.WireJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client says and hears through a bridge. */
@Timeout(120)
class BridgeIT {
    @RegisterExtension
    private static final Stand STAND = Stand.of(Map.of()).asking("--latency", "500ms", "--token-rate", "40");

    @Test
    void passesTheConversationOfALegacyClient() throws Exception {
        try (BridgeProcess bridge = BridgeProcess.to(STAND.port())) {
            assertThat(bridge.initialize().at("/result/protocolVersion").asText())
                    .isEqualTo("2025-11-25");
            assertThat(bridge.ask(Messages.request(0, "tools/list")).at("/result/tools"))
                    .isNotEmpty();
            ObjectNode call = Messages.chat(7, "one two three four five six seven eight");
            call.withObject("/params/_meta").put("progressToken", "watch");
            assertThat(Messages.text(bridge.ask(call))).endsWith("six seven eight");
            List<JsonNode> heard = bridge.heard();
            assertThat(heard.subList(2, heard.size() - 1))
                    .isNotEmpty()
                    .allMatch(message ->
                            message.at("/params/progressToken").asText().equals("watch"));
        }
    }

    @Test
    void passesTheConversationOfAModernClient() throws Exception {
        try (BridgeProcess bridge = BridgeProcess.to(STAND.port())) {
            JsonNode discovered = bridge.ask(modern(Messages.request("probe", "server/discover")));
            assertThat(discovered.at("/result/supportedVersions/0").asText()).isEqualTo("2026-07-28");
            JsonNode answer = bridge.ask(modern(Messages.chat(0, "modern words")));
            assertThat(Messages.text(answer)).endsWith("modern words");
            assertThat(answer.at("/result/resultType").asText()).isEqualTo("complete");
        }
    }

    @Test
    void keepsTheOrder() throws Exception {
        try (BridgeProcess bridge = BridgeProcess.to(STAND.port())) {
            bridge.initialize();
            for (int number = 0; number < 500; number++) {
                bridge.say(Messages.ping(number));
            }
            bridge.answer(Messages.ping(499).get("id"));
            List<JsonNode> heard = bridge.heard();
            assertThat(heard.subList(1, heard.size()))
                    .extracting(message -> message.path("id").asInt(-1))
                    .hasSize(500)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void passesText() throws Exception {
        String text = "Grüße, 世界, \uD83D\uDE80, \u2028 and \\ \" \t end";
        try (BridgeProcess bridge = BridgeProcess.to(STAND.port())) {
            bridge.initialize();
            assertThat(Messages.text(bridge.ask(Messages.chat(1, text)))).isEqualTo("[sandbox] You said: " + text);
        }
    }

    @Test
    void passesLargeMessages() throws Exception {
        try (BridgeProcess bridge = BridgeProcess.to(STAND.port())) {
            bridge.initialize();
            JsonNode answer = bridge.ask(Messages.call("big", "no-such-" + "x".repeat(11 << 20), WireJson.object()));
            assertThat(answer.at("/error/message").asText()).contains("too large");
            assertThat(bridge.ask(Messages.ping("alive")).has("result")).isTrue();
        }
    }

    @Test
    void cancelsACall() throws Exception {
        String prompt = "never mind " + "word ".repeat(200).strip();
        try (BridgeProcess bridge = BridgeProcess.to(STAND.port())) {
            bridge.initialize();
            ObjectNode call = Messages.chat(5, prompt);
            call.withObject("/params/_meta").put("progressToken", "so that it takes its time");
            bridge.say(call);
            Await.until(
                    "the call runs",
                    BridgeProcess.PATIENCE,
                    () -> STAND.sandbox().visits(prompt).size() == 1);
            ObjectNode cancel = WireJson.object().put("jsonrpc", "2.0").put("method", "notifications/cancelled");
            cancel.putObject("params").put("requestId", 5);
            bridge.say(cancel);
            Await.until(
                    "the sandbox notices",
                    BridgeProcess.PATIENCE,
                    () -> STAND.sandbox().visits(prompt).get(0).outcome().equals("cancelled"));
            bridge.ask(Messages.ping("after"));
            assertThat(bridge.answers(call.get("id"))).isEmpty();
        }
    }

    @Test
    void answersWhatIsNoMessageAndGoesOn() throws Exception {
        try (BridgeProcess bridge = BridgeProcess.to(STAND.port(), "--max-bytes", "2000")) {
            bridge.initialize();
            bridge.say("{\"jsonrpc\":");
            bridge.say("");
            bridge.say("[" + WireJson.write(Messages.ping("in a batch")) + "]");
            bridge.say("{\"method\":\"tools/call\",\"params\":{\"x\":\"" + "y".repeat(5_000)
                    + "\"},\"jsonrpc\":\"2.0\",\"id\":\"long\"}");
            bridge.ask(Messages.ping("alive"));
            List<JsonNode> heard = bridge.heard().subList(1, 5);
            assertThat(heard).extracting(Messages::errorCode).containsExactlyInAnyOrder(-32700, -32600, -32600, 0);
            assertThat(heard.stream().filter(message -> Messages.errorCode(message) == -32700))
                    .allMatch(message -> !message.has("id"));
            assertThat(bridge.answer(new TextNode("long")).at("/error/message").asText())
                    .contains("2000")
                    .contains("5069");
        }
    }

    @Test
    void resumesTheSessionThatTheEnvironmentNames() throws Exception {
        String url = "ws://127.0.0.1:" + STAND.port() + "/mcp/ws";
        String session;
        try (BridgeProcess first = BridgeProcess.to(STAND.port())) {
            session = Messages.meta(first.initialize(), "sessionId").asText();
        }
        try (BridgeProcess again = BridgeProcess.start(Map.of("EXAI_SESSION_ID", session), "--url", url)) {
            JsonNode answer = again.initialize();
            assertThat(Messages.meta(answer, "sessionId").asText()).isEqualTo(session);
            assertThat(Messages.meta(answer, "resumed").asBoolean()).isTrue();
        }
    }

    @Test
    void readsNoFurtherThanItRemembers() throws Exception {
        try (BridgeProcess bridge = BridgeProcess.to(STAND.port(), "--max-unanswered", "2")) {
            bridge.initialize();
            for (int number = 0; number < 6; number++) {
                bridge.say(Messages.chat(number, "bounded " + number));
            }
            for (int number = 0; number < 6; number++) {
                JsonNode answer = bridge.answer(Messages.ping(number).get("id"));
                assertThat(Messages.text(answer)).endsWith("bounded " + number);
            }
            assertThat(bridge.heard().subList(1, 3))
                    .allMatch(message -> message.path("id").asInt() < 2);
        }
    }

    private static ObjectNode modern(ObjectNode request) {
        ObjectNode meta = request.withObject("/params/_meta");
        meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
        meta.putObject("io.modelcontextprotocol/clientCapabilities");
        return request;
    }
}
