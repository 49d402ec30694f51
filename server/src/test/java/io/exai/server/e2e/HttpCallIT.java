package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls over HTTP survive the cut of their stream and the death of the daemon. */
@Timeout(120)
class HttpCallIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String LATEST = "2025-11-25";

    @RegisterExtension
    private final Stand stand = Stand.of(Map.of()).asking("--latency", "3s");

    @Test
    void finishesACallWhoseStreamWasCutAndDeliversItWhenTheClientComesBack() throws Exception {
        HttpPeer peer = HttpPeer.initialized(stand.port(), LATEST);
        String last = cut(peer, "cut");

        try (EventReader again = peer.with("Last-Event-ID", last).listen()) {
            JsonNode answer = again.answer();
            assertThat(answer.path("id").asInt()).isEqualTo(1);
            assertThat(Messages.text(answer)).isEqualTo("[sandbox] You said: cut");
            again.awaitEnd();
        }
        assertThat(outcomes("cut")).containsExactly("ok");
    }

    @Test
    void finishesItThoughTheDaemonIsKilled() throws Exception {
        HttpPeer peer = HttpPeer.initialized(stand.port(), LATEST);
        EventReader stream = peer.open(Messages.chat(1, "killed"));
        stream.event();
        awaitRunning("killed");
        stand.daemon().kill();
        stream.awaitEnd();
        stand.daemon().restart();

        try (EventReader again =
                peer.at(stand.daemon()).with("Last-Event-ID", stream.lastId()).listen()) {
            JsonNode answer = again.answer();
            assertThat(Messages.text(answer)).isEqualTo("[sandbox] You said: killed");
            assertThat(Messages.meta(answer, "attempts").asInt()).isEqualTo(2);
        }
        assertThat(stand.sandbox().visits("killed")).hasSizeBetween(1, 2);
        assertThat(stand.sandbox().visits("killed"))
                .extracting(SandboxProcess.Visit::key)
                .containsOnly(stand.sandbox().visits("killed").get(0).key());
    }

    @Test
    void joinsACallThatIsIssuedAgainUnderTheSameKey() throws Exception {
        HttpPeer peer = HttpPeer.at(stand.port());
        EventReader first = peer.asking(keyed(1)).open(keyed(1));
        awaitRunning("keyed");
        first.close();

        JsonNode second = HttpPeer.message(peer.ask(keyed(2)));
        JsonNode third =
                HttpPeer.message(peer.with("Accept", "application/json").ask(keyed(3)));

        assertThat(second.path("id").asInt()).isEqualTo(2);
        assertThat(Messages.text(second)).isEqualTo("[sandbox] You said: keyed");
        assertThat(Messages.text(third)).isEqualTo("[sandbox] You said: keyed");
        assertThat(outcomes("keyed")).containsExactly("ok");
    }

    @Test
    void joinsACallThatIsIssuedAgainThoughTheDaemonWasKilled() throws Exception {
        HttpPeer peer = HttpPeer.at(stand.port());
        EventReader first = peer.asking(keyed(1)).open(keyed(1));
        awaitRunning("keyed");
        stand.daemon().kill();
        first.awaitEnd();
        stand.daemon().restart();

        JsonNode second = HttpPeer.message(peer.at(stand.daemon()).ask(keyed(2)));

        assertThat(Messages.text(second)).isEqualTo("[sandbox] You said: keyed");
        assertThat(stand.sandbox().visits("keyed")).hasSizeBetween(1, 2);
    }

    @Test
    void losesNoAnswerToAClientThatReadsNothing() throws Exception {
        HttpPeer peer = HttpPeer.initialized(stand.port(), LATEST);
        EventReader unread = peer.open(Messages.chat(1, "slow reader"));
        Await.until("done", PATIENCE, () -> outcomes("slow reader").contains("ok"));

        assertThat(Messages.text(unread.answer())).isEqualTo("[sandbox] You said: slow reader");
    }

    /** Begins a call, cuts its stream once the call runs, and tells the id of the last event. */
    private String cut(HttpPeer peer, String prompt) throws Exception {
        EventReader stream = peer.open(Messages.chat(1, prompt));
        stream.event();
        awaitRunning(prompt);
        stream.close();
        return stream.lastId();
    }

    private static ObjectNode keyed(int id) {
        ObjectNode call = HttpPeer.modern(Messages.chat(id, "keyed"));
        call.withObject("/params/_meta").put("io.exai/idempotencyKey", "the key");
        return call;
    }

    private void awaitRunning(String prompt) throws Exception {
        Await.until(
                "the call runs", PATIENCE, () -> !stand.sandbox().visits(prompt).isEmpty());
    }

    private List<String> outcomes(String prompt) throws Exception {
        return stand.sandbox().visits(prompt).stream()
                .map(SandboxProcess.Visit::outcome)
                .toList();
    }
}
