package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streamable HTTP as clients of every revision use it. */
@Timeout(60)
class HttpIT {
    private static final String LATEST = "2025-11-25";
    private static final ObjectNode NOTHING = WireJson.object();

    @RegisterExtension
    private static final Stand STAND = Stand.of(Map.of("EXAI_WS_PING_INTERVAL", "1s"), "--conformance");

    @Test
    void answersACallWithEventsOrJsonAsTheClientTakesIt() throws Exception {
        HttpPeer peer = HttpPeer.initialized(STAND.port(), LATEST);

        HttpResponse<String> events = peer.post(simple(1));
        HttpResponse<String> json = peer.with("Accept", "application/json").post(simple(2));

        assertThat(type(events)).startsWith("text/event-stream");
        assertThat(events.body()).startsWith("id: ");
        assertThat(Messages.text(HttpPeer.message(events))).contains("simple text");
        assertThat(type(json)).startsWith("application/json");
        assertThat(WireJson.parse(json.body()).path("id").asInt()).isEqualTo(2);
    }

    @Test
    void answersAModernCallWithEventsOrJsonAndNoIds() throws Exception {
        ObjectNode call = HttpPeer.modern(simple(1));
        HttpPeer peer = HttpPeer.at(STAND.port());

        HttpResponse<String> events = peer.ask(call);
        HttpResponse<String> json = peer.with("Accept", "application/json").ask(call);

        assertThat(events.body()).doesNotContain("\nid: ").doesNotStartWith("id: ");
        assertThat(events.headers().firstValue(HttpPeer.SESSION)).isEmpty();
        assertThat(HttpPeer.message(events).path("result").path("resultType").asText())
                .isEqualTo("complete");
        assertThat(WireJson.parse(json.body()).path("result").path("resultType").asText())
                .isEqualTo("complete");
    }

    @Test
    void showsProgressOnTheStreamOfTheCall() throws Exception {
        ObjectNode call = Messages.call(1, "test_tool_with_progress", NOTHING);
        call.withObject("/params/_meta").put("progressToken", "p1");
        try (EventReader stream = HttpPeer.initialized(STAND.port(), LATEST).open(call)) {
            JsonNode first = stream.next();
            assertThat(first.path("method").asText()).isEqualTo("notifications/progress");
            assertThat(first.path("params").path("progressToken").asText()).isEqualTo("p1");
            assertThat(stream.answer().path("id").asInt()).isEqualTo(1);
            stream.awaitEnd();
        }
    }

    @Test
    void servesPostsAtTheSameTime() throws Exception {
        HttpPeer peer = HttpPeer.initialized(STAND.port(), LATEST);
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
        for (int id = 1; id <= 3; id++) {
            ObjectNode call =
                    Messages.call(id, "slow_compute", WireJson.object().put("seconds", 1));
            answers.add(
                    CompletableFuture.supplyAsync(() -> answer(peer, call), command -> new Thread(command).start()));
        }
        for (int id = 1; id <= 3; id++) {
            JsonNode answer = answers.get(id - 1).get();
            assertThat(answer.path("id").asInt()).isEqualTo(id);
            assertThat(Messages.text(answer)).startsWith("Computed");
        }
    }

    @Test
    void takesABatchFromAClientOf20250326() throws Exception {
        HttpPeer peer = HttpPeer.initialized(STAND.port(), "2025-03-26").with("Accept", "application/json");
        String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

        HttpResponse<String> answers = peer.post("[" + WireJson.write(simple(1)) + "," + notification + ","
                + WireJson.write(Messages.ping(2)) + "," + WireJson.write(Messages.request(3, "no/such")) + ",7]");

        JsonNode all = WireJson.parse(answers.body());
        assertThat(all.isArray()).isTrue();
        assertThat(all).extracting(each -> each.path("id").asText()).containsExactlyInAnyOrder("1", "2", "3", "");
        assertThat(peer.post("[" + notification + "]").statusCode()).isEqualTo(202);
        assertThat(peer.post("[]").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-06-18", LATEST})
    void takesNoBatchFromAnybodyElse(String revision) throws Exception {
        HttpPeer peer = HttpPeer.initialized(STAND.port(), revision);

        HttpResponse<String> refused = peer.post("[" + WireJson.write(Messages.ping(2)) + "]");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Messages.errorCode(WireJson.parse(refused.body()))).isEqualTo(-32600);
    }

    @Test
    void tellsAListeningClientOfChangesButNotOnItsCalls() throws Exception {
        HttpPeer peer = HttpPeer.initialized(STAND.port(), LATEST);
        try (EventReader news = peer.listen()) {
            Await.until("the stream is open", Duration.ofSeconds(10), () -> news.comments() > 0);
            JsonNode answer = HttpPeer.message(peer.post(Messages.call(1, "test_trigger_tool_change", NOTHING)));
            assertThat(answer.path("id").asInt()).isEqualTo(1);
            assertThat(news.next().path("method").asText()).isEqualTo("notifications/tools/list_changed");
            peer.post(Messages.call(2, "test_trigger_prompt_change", NOTHING));
            assertThat(news.next().path("method").asText()).isEqualTo("notifications/prompts/list_changed");
        }
    }

    @Test
    void keepsAQuietStreamAlive() throws Exception {
        try (EventReader news = HttpPeer.initialized(STAND.port(), LATEST).listen()) {
            Await.until("comments", Duration.ofSeconds(10), () -> news.comments() >= 3);
        }
    }

    @Test
    void endsASessionAndKnowsItNoMore() throws Exception {
        HttpPeer peer = HttpPeer.initialized(STAND.port(), LATEST);
        try (EventReader running =
                peer.open(Messages.call(1, "slow_compute", WireJson.object().put("seconds", 60)))) {
            running.event();
            assertThat(peer.send("DELETE").statusCode()).isEqualTo(204);
            running.awaitEnd();
        }
        assertThat(peer.post(Messages.ping(2)).statusCode()).isEqualTo(404);
        assertThat(peer.send("GET").statusCode()).isEqualTo(404);
        assertThat(peer.send("DELETE").statusCode()).isEqualTo(404);
    }

    @Test
    void letsAClientComeBackToAStreamThatTheDaemonClosed() throws Exception {
        HttpPeer peer = HttpPeer.initialized(STAND.port(), LATEST);
        EventReader stream = peer.open(Messages.call(1, "test_reconnection", NOTHING));
        stream.awaitEnd();

        try (EventReader again = peer.with("Last-Event-ID", stream.lastId()).listen()) {
            assertThat(Messages.text(again.answer())).contains("after the stream was closed");
            again.awaitEnd();
        }
    }

    @Test
    void refusesToGoOnAfterAnIdItNeverGave() throws Exception {
        HttpPeer peer = HttpPeer.initialized(STAND.port(), LATEST);

        assertThat(peer.with("Last-Event-ID", "nonsense").send("GET").statusCode())
                .isEqualTo(400);
        try (EventReader unknown = peer.with("Last-Event-ID", "abc.0.x").listen()) {
            assertThatThrownBy(unknown::next).isInstanceOf(IOException.class);
        }
    }

    @Test
    void listensForAModernClientUntilItLeaves() throws Exception {
        ObjectNode listen = HttpPeer.modern(Messages.request("l1", "subscriptions/listen"));
        listen.withObject("/params/notifications").put("toolsListChanged", true);
        try (EventReader news = HttpPeer.at(STAND.port()).asking(listen).open(listen)) {
            JsonNode first = news.next();
            assertThat(first.path("method").asText()).isEqualTo("notifications/subscriptions/acknowledged");
            HttpPeer.at(STAND.port()).ask(HttpPeer.modern(Messages.call(1, "test_trigger_prompt_change", NOTHING)));
            HttpPeer.at(STAND.port()).ask(HttpPeer.modern(Messages.call(2, "test_trigger_tool_change", NOTHING)));
            JsonNode change = news.next();
            assertThat(change.path("method").asText()).isEqualTo("notifications/tools/list_changed");
            assertThat(change.path("params")
                            .path("_meta")
                            .path("io.modelcontextprotocol/subscriptionId")
                            .asText())
                    .isEqualTo("l1");
        }
    }

    @Test
    void offersModernClientsPostOnly() throws Exception {
        HttpPeer peer = HttpPeer.at(STAND.port()).with("MCP-Protocol-Version", HttpPeer.MODERN);

        assertThat(peer.send("GET").statusCode()).isEqualTo(405);
        assertThat(peer.send("DELETE").statusCode()).isEqualTo(405);
        assertThat(peer.send("PUT").statusCode()).isEqualTo(405);
    }

    @Test
    void wantsTheSessionThatInitializeGave() throws Exception {
        HttpPeer peer = HttpPeer.initialized(STAND.port(), LATEST);

        assertThat(peer.with(HttpPeer.SESSION, "").post(Messages.ping(1)).statusCode())
                .isEqualTo(400);
        assertThat(peer.with(HttpPeer.SESSION, "x").post(Messages.ping(1)).statusCode())
                .isEqualTo(404);
        assertThat(peer.with(HttpPeer.SESSION, "A".repeat(43))
                        .post(Messages.ping(1))
                        .statusCode())
                .isEqualTo(404);
        assertThat(peer.with("MCP-Protocol-Version", "1999-01-01")
                        .post(Messages.ping(1))
                        .statusCode())
                .isEqualTo(400);
    }

    private static ObjectNode simple(int id) {
        return Messages.call(id, "test_simple_text", NOTHING);
    }

    private static String type(HttpResponse<String> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    private static JsonNode answer(HttpPeer peer, ObjectNode request) {
        try {
            return HttpPeer.message(peer.post(request));
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
