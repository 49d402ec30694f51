package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls over HTTP survive the cut of their stream and the death of the daemon. */
@Timeout(120)
class HttpCallIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String LATEST = "2025-11-25";

    @TempDir
    private Path data;

    private SandboxProcess sandbox;
    private DaemonProcess daemon;

    @BeforeEach
    void startBoth() throws Exception {
        sandbox = SandboxProcess.start("--latency", "3s");
        daemon = DaemonProcess.start(data, Map.of("CUSTOM_API_URL", sandbox.url()));
    }

    @AfterEach
    void stopBoth() {
        daemon.close();
        sandbox.close();
    }

    @Test
    void finishesACallWhoseStreamWasCutAndDeliversItWhenTheClientComesBack() throws Exception {
        HttpPeer peer = HttpPeer.initialized(daemon.port(), LATEST);
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
        HttpPeer peer = HttpPeer.initialized(daemon.port(), LATEST);
        EventReader stream = peer.open(Messages.chat(1, "killed"));
        stream.event();
        awaitRunning("killed");
        daemon.kill();
        stream.awaitEnd();
        daemon.restart();

        try (EventReader again =
                peer.at(daemon).with("Last-Event-ID", stream.lastId()).listen()) {
            JsonNode answer = again.answer();
            assertThat(Messages.text(answer)).isEqualTo("[sandbox] You said: killed");
            assertThat(Messages.meta(answer, "attempts").asInt()).isEqualTo(2);
        }
        assertThat(sandbox.visits("killed")).hasSizeBetween(1, 2);
        assertThat(sandbox.visits("killed"))
                .extracting(SandboxProcess.Visit::key)
                .containsOnly(sandbox.visits("killed").get(0).key());
    }

    @Test
    void joinsACallThatIsIssuedAgainUnderTheSameKey() throws Exception {
        HttpPeer peer = HttpPeer.at(daemon.port());
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
        HttpPeer peer = HttpPeer.at(daemon.port());
        EventReader first = peer.asking(keyed(1)).open(keyed(1));
        awaitRunning("keyed");
        daemon.kill();
        first.awaitEnd();
        daemon.restart();

        JsonNode second = HttpPeer.message(peer.at(daemon).ask(keyed(2)));

        assertThat(Messages.text(second)).isEqualTo("[sandbox] You said: keyed");
        assertThat(sandbox.visits("keyed")).hasSizeBetween(1, 2);
    }

    @Test
    void losesNoAnswerToAClientThatReadsNothing() throws Exception {
        HttpPeer peer = HttpPeer.initialized(daemon.port(), LATEST);
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
        Await.until("the call runs", PATIENCE, () -> !sandbox.visits(prompt).isEmpty());
    }

    private List<String> outcomes(String prompt) throws Exception {
        return sandbox.visits(prompt).stream()
                .map(SandboxProcess.Visit::outcome)
                .toList();
    }
}
