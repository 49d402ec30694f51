package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client behind a bridge notices nothing but a pause, whatever becomes of the daemon. */
@Timeout(180)
class BridgeKillIT {
    private static final int CALLS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    private final Stand stand = Stand.of(Map.of()).asking("--latency", "3s");

    private BridgeProcess bridge;

    @BeforeEach
    void startBridge() throws Exception {
        bridge = BridgeProcess.to(stand.port(), "--silence", "3");
    }

    @AfterEach
    void stopBridge() {
        bridge.close();
    }

    @Test
    void answersEveryCallOnceWhenTheDaemonIsKilledTwice() throws Exception {
        bridge.initialize();
        ask("first", CALLS);
        awaitArrival("first", CALLS);
        stand.daemon().kill();
        stand.daemon().restart();
        awaitArrival("first", CALLS + 1);
        stand.daemon().kill();
        bridge.say(Messages.request("list", "tools/list"));
        stand.daemon().restart();
        awaitAnswers("first", CALLS);
        assertEachAnsweredOnce("first", CALLS);
        assertThat(bridge.answer(Messages.ping("list").get("id")).has("result")).isTrue();
        assertThat(bridge.notices()).noneMatch(notice -> notice.contains("new session"));
    }

    @Test
    void answersEveryCallOnceWhenTheDaemonIsKilledWhileAnswersComeIn() throws Exception {
        bridge.initialize();
        for (int round = 0; round < 3; round++) {
            String name = "round-" + round;
            ask(name, CALLS);
            awaitAnswers(name, 1);
            stand.daemon().kill();
            stand.daemon().restart();
            awaitAnswers(name, CALLS);
            assertEachAnsweredOnce(name, CALLS);
        }
    }

    @Test
    void answersEveryCallOnceWhenTheDaemonIsStoppedSoftly() throws Exception {
        bridge.initialize();
        ask("soft", CALLS);
        awaitArrival("soft", CALLS);
        stand.daemon().stop();
        stand.daemon().restart();
        awaitAnswers("soft", CALLS);
        assertEachAnsweredOnce("soft", CALLS);
        assertThat(bridge.notices()).anyMatch(notice -> notice.contains("closed with 1012"));
    }

    @Test
    void waitsForADaemonThatIsNotThereYet() throws Exception {
        bridge.close();
        stand.daemon().stop();
        bridge = BridgeProcess.to(stand.daemon().ownPort());
        bridge.say(Messages.initialize("init"));
        ask("early", 2);
        bridge.awaitNotice("nobody answers there");
        stand.daemon().restart();
        awaitAnswers("early", 2);
        assertEachAnsweredOnce("early", 2);
    }

    @Test
    void introducesTheClientAgainToADaemonThatForgotIt() throws Exception {
        bridge.initialize();
        ask("lost", 3);
        awaitArrival("lost", 3);
        stand.daemon().kill();
        stand.data().clear();
        stand.daemon().restart();
        awaitAnswers("lost", 3);
        assertEachAnsweredOnce("lost", 3);
        bridge.awaitNotice("does not know the session");
        assertThat(bridge.answers(Messages.initialize("init").get("id"))).hasSize(1);
    }

    @Test
    void leavesAFrozenDaemonAndComesBack() throws Exception {
        bridge.initialize();
        ask("frozen", CALLS);
        awaitArrival("frozen", CALLS);
        signal("STOP", stand.daemon().pid());
        try {
            bridge.awaitNotice("nothing was heard for 3 seconds");
        } finally {
            signal("CONT", stand.daemon().pid());
        }
        awaitAnswers("frozen", CALLS);
        assertEachAnsweredOnce("frozen", CALLS);
        assertThat(stand.sandbox().visits()).hasSize(CALLS);
    }

    @Test
    void cancelsOverAKill() throws Exception {
        bridge.initialize();
        ask("cancelled", 2);
        awaitArrival("cancelled", 2);
        stand.daemon().kill();
        bridge.say(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"cancelled-0\"}}");
        stand.daemon().restart();
        awaitAnswers("cancelled", 1);
        Await.until("nothing runs", PATIENCE, stand.sandbox()::inFlight, running -> running == 0);
        bridge.ask(Messages.ping("after"));
        assertThat(answered("cancelled")).containsExactly("cancelled-1");
    }

    private void ask(String name, int calls) throws IOException {
        for (int call = 0; call < calls; call++) {
            bridge.say(Messages.chat(name + "-" + call, name + "-" + call));
        }
    }

    private void awaitArrival(String name, int calls) throws Exception {
        Await.until("calls reach the sandbox", PATIENCE, () -> arrived(name), arrived -> arrived >= calls);
    }

    private long arrived(String name) throws Exception {
        return stand.sandbox().visits().stream()
                .filter(visit -> visit.prompt().startsWith(name))
                .count();
    }

    private void awaitAnswers(String name, int calls) throws Exception {
        Await.until(calls + " answers", PATIENCE, () -> answered(name), answered -> answered.size() >= calls);
    }

    private List<String> answered(String name) throws Exception {
        return bridge.heard().stream()
                .map(message -> message.path("id").asText())
                .filter(id -> id.startsWith(name))
                .toList();
    }

    private void assertEachAnsweredOnce(String name, int calls) throws Exception {
        bridge.ask(Messages.ping("settle-" + name));
        assertThat(answered(name)).hasSize(calls).doesNotHaveDuplicates();
        for (JsonNode message : bridge.heard()) {
            String id = message.path("id").asText();
            if (id.startsWith(name)) {
                assertThat(Messages.text(message)).isEqualTo("[sandbox] You said: " + id);
            }
        }
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
