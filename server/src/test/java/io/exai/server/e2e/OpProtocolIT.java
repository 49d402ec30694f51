package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The daemon's own protocol against a real daemon: its main walk, resumption, a killed process, and a cancel. */
@Timeout(120)
class OpProtocolIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    private final Stand stand =
            Stand.of(Map.of("EXAI_WS_PROGRESS_INTERVAL_SECS", "0.5")).asking("--latency", "2s");

    @Test
    void walksACallFromItsNoteOverItsHeartbeatsToItsResult() throws Exception {
        try (OpSocket client = OpSocket.connect(stand.port())) {
            JsonNode ack = client.ask(OpSocket.message("hello"));
            assertThat(ack.path("ok").asBoolean()).isTrue();
            assertThat(ack.path("session_id").asText()).hasSize(43);
            client.send(OpSocket.chat("c1", "walk"));
            List<JsonNode> course = client.course();
            assertThat(course)
                    .extracting(message -> message.path("request_id").asText())
                    .containsOnly("c1");
            assertThat(course.get(0).path("note").asText()).startsWith("accepted, ");
            assertThat(course.get(1).path("op").asText()).isEqualTo("call_tool_ack");
            assertThat(course.get(1).path("timeout").asInt()).isEqualTo(270);
            assertThat(course.subList(2, course.size() - 1))
                    .as("h25: heartbeats")
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(beat -> assertThat(beat.path("op").asText()).isEqualTo("progress"));
            JsonNode result = course.get(course.size() - 1);
            assertThat(result.path("text").asText()).isEqualTo("[sandbox] You said: walk");
            assertThat(result.path("outputs").path(0).path("text").asText()).isEqualTo("[sandbox] You said: walk");
        }
    }

    @Test
    void h3_answersEverythingElseWhileCallsRun() throws Exception {
        try (OpSocket client = OpSocket.greeted(stand.port())) {
            for (int call = 0; call < 8; call++) {
                client.send(OpSocket.chat("c" + call, "prompt " + call));
            }
            Await.until("eight run at once", PATIENCE, stand.sandbox()::inFlight, running -> running == 8);
            client.send(OpSocket.message("ping"));
            client.send(OpSocket.message("health"));
            client.send(OpSocket.message("list_tools"));
            assertThat(client.next("pong").path("timestamp").asDouble()).isPositive();
            JsonNode health = client.next("health_res").path("health");
            assertThat(health.path("tool_count").asInt()).isPositive();
            assertThat(health.path("global_capacity").asInt()).isEqualTo(24);
            assertThat(client.next("list_tools_res").path("tools")).hasSizeGreaterThan(3);
            assertThat(stand.sandbox().inFlight()).isEqualTo(8);
            client.send(OpSocket.chat("c8", "one too many"));
            JsonNode refusal = client.next("call_tool_res");
            assertThat(refusal.path("error").path("code").asText()).isEqualTo("OVER_CAPACITY");
            assertThat(refusal.path("error").path("details").path("retry_after").asInt())
                    .isPositive();
        }
    }

    @Test
    void aCancelReachesTheModel() throws Exception {
        try (OpSocket client = OpSocket.greeted(stand.port())) {
            client.send(OpSocket.chat("c1", "to be cancelled"));
            Await.until("it runs", PATIENCE, stand.sandbox()::inFlight, running -> running == 1);
            client.send(OpSocket.message("cancel").put("request_id", "c1"));
            assertThat(client.next("cancelled").path("request_id").asText()).isEqualTo("c1");
            Await.until("it stops", Duration.ofMillis(1500), stand.sandbox()::inFlight, running -> running == 0);
            assertThat(stand.sandbox().visits("to be cancelled"))
                    .singleElement()
                    .satisfies(visit -> assertThat(visit.outcome()).isNotIn("ok", "running"));
            JsonNode error = client.ask(OpSocket.message("cancel").put("request_id", "c1"));
            assertThat(error.path("error").path("code").asText()).isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void deliversToTheNextConnectionWhatThisOneMissed() throws Exception {
        String id;
        try (OpSocket client = OpSocket.connect(stand.port())) {
            id = client.ask(OpSocket.message("hello")).path("session_id").asText();
            client.send(OpSocket.chat("c1", "left alone"));
            client.next("call_tool_ack");
        }
        try (OpSocket again = OpSocket.resumed(stand.port(), id)) {
            JsonNode note = again.next("progress");
            assertThat(note.path("request_id").asText()).isEqualTo("c1");
            assertThat(note.path("note").asText()).isEqualTo("session resumed; still processing");
            JsonNode duplicate = again.ask(OpSocket.chat("c2", "left alone"));
            assertThat(duplicate
                            .path("error")
                            .path("details")
                            .path("original_request_id")
                            .asText())
                    .isEqualTo("c1");
            assertThat(again.next("call_tool_res").path("text").asText()).isEqualTo("[sandbox] You said: left alone");
        }
        assertThat(stand.sandbox().visits("left alone")).hasSize(1);
    }

    @Test
    void answersACallThatTheDeathOfTheDaemonInterrupted() throws Exception {
        String id;
        try (OpSocket client = OpSocket.connect(stand.port())) {
            id = client.ask(OpSocket.message("hello")).path("session_id").asText();
            client.send(OpSocket.chat("c1", "survivor"));
            client.next("call_tool_ack");
            Await.until("it runs", PATIENCE, stand.sandbox()::inFlight, running -> running == 1);
            stand.daemon().kill();
        }
        stand.daemon().restart();
        try (OpSocket again = OpSocket.resumed(stand.port(), id)) {
            JsonNode result = again.next("call_tool_res");
            assertThat(result.path("request_id").asText()).isEqualTo("c1");
            assertThat(result.path("text").asText()).isEqualTo("[sandbox] You said: survivor");
            assertThat(result.path("attempts").asInt()).isEqualTo(2);
        }
    }

    @Test
    void asksClientsToComeBackWhenItStops() throws Exception {
        try (OpSocket client = OpSocket.greeted(stand.port())) {
            stand.daemon().stop();
            assertThat(client.closeCode()).isEqualTo(1012);
        }
    }

    @Test
    void h24_mcpOnTheSamePortReallyCalls() throws Exception {
        try (RawClient client = RawClient.connect(stand.port(), "/")) {
            client.ask(Messages.initialize(0));
            assertThat(Messages.text(client.ask(Messages.chat(1, "no mock")))).isEqualTo("[sandbox] You said: no mock");
        }
        assertThat(stand.sandbox().visits("no mock")).hasSize(1);
    }

    @Test
    void closesWithTheCodesOfTheProtocol() throws Exception {
        try (OpSocket client = OpSocket.connect(stand.port())) {
            JsonNode ack = client.ask(OpSocket.message("ping"));
            assertThat(ack.path("error").asText()).isEqualTo("missing_hello");
            assertThat(client.closeCode()).isEqualTo(4001);
        }
        try (OpSocket client = OpSocket.connect(stand.port())) {
            client.text("{\"op\":\"hello\",");
            assertThat(client.next().path("error").asText()).isEqualTo("invalid_hello");
            assertThat(client.closeCode()).isEqualTo(4000);
        }
        try (OpSocket client = OpSocket.greeted(stand.port())) {
            client.text("{\"op\":\"call_tool\",");
            assertThat(client.next().path("error").path("code").asText()).isEqualTo("VALIDATION_ERROR");
            client.text("{\"op\":\"fly\",\"request_id\":\"f\"}");
            JsonNode unknown = client.next();
            assertThat(unknown.path("error").path("details").path("operation").asText())
                    .isEqualTo("fly");
            assertThat(client.ask(version()).path("op").asText()).isEqualTo("progress");
            assertThat(client.next("call_tool_res").path("text").asText()).startsWith("exai ");
        }
    }

    private static ObjectNode version() {
        ObjectNode call = OpSocket.message("call_tool").put("name", "version_EXAI-WS");
        call.set("arguments", WireJson.object());
        return call;
    }
}
