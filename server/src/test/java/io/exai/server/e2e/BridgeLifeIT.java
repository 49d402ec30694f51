package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a bridge starts, and when and how it ends. */
@Timeout(120)
class BridgeLifeIT {
    private static final String TOKEN = "a-token-that-nobody-may-see";

    @TempDir
    private static Path folder;

    @RegisterExtension
    private static final Stand STAND = Stand.of(Map.of("EXAI_WS_TOKEN", TOKEN));

    @Test
    void endsWithTheInputWhenAllIsAnswered() throws Exception {
        try (BridgeProcess bridge = connected()) {
            bridge.initialize();
            bridge.say(Messages.chat(1, "last words"));
            bridge.closeInput();
            assertThat(bridge.status()).isZero();
            assertThat(bridge.answers(Messages.ping(1).get("id"))).hasSize(1);
        }
    }

    @Test
    void doesNotWaitForEverAfterTheInput() throws Exception {
        try (BridgeProcess bridge = BridgeProcess.to(nobody(), "--linger", "0.2")) {
            bridge.say(Messages.ping(1));
            bridge.closeInput();
            assertThat(bridge.status()).isZero();
            assertThat(bridge.notices()).last().asString().endsWith("left without 1 answers");
        }
    }

    @Test
    void endsOnATerminateSignal() throws Exception {
        try (BridgeProcess bridge = connected()) {
            bridge.initialize();
            bridge.terminate();
            assertThat(bridge.status()).isZero();
        }
    }

    @Test
    void endsWhenTheClientReadsNoMore() throws Exception {
        String script = "$BRIDGE --url " + url(STAND.port()) + " | head -n 1";
        try (BridgeProcess shell = BridgeProcess.shell(Map.of("EXAI_WS_TOKEN", TOKEN), script)) {
            shell.initialize();
            shell.say(Messages.ping(1));
            assertThat(shell.status()).isZero();
        }
    }

    @Test
    void endsWithItsParent() throws Exception {
        String script = "exec 3<&0; $BRIDGE --url " + url(STAND.port()) + " <&3 & echo bridge $! >&2; wait";
        try (BridgeProcess parent = BridgeProcess.shell(Map.of("EXAI_WS_TOKEN", TOKEN), script)) {
            long pid = Long.parseLong(parent.awaitNotice("bridge ([0-9]+)").group(1));
            ProcessHandle bridge = ProcessHandle.of(pid).orElseThrow();
            parent.initialize();
            assertThat(bridge.isAlive()).isTrue();
            parent.kill();
            Await.until("the bridge ends", BridgeProcess.PATIENCE, () -> !bridge.isAlive());
        }
    }

    @Test
    void takesTheTokenFromAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        try (BridgeProcess bridge = BridgeProcess.to(STAND.port(), "--token-file", file.toString())) {
            assertThat(bridge.initialize().has("result")).isTrue();
        }
    }

    @Test
    void endsInOneLineWithoutTheToken() throws Exception {
        try (BridgeProcess bridge = BridgeProcess.to(STAND.port())) {
            assertThat(bridge.status()).isEqualTo(1);
            assertThat(bridge.notices())
                    .singleElement()
                    .asString()
                    .startsWith("exai: ")
                    .contains("401", "token");
        }
    }

    @Test
    void endsInOneLineWhereThereIsNoSuchPath() throws Exception {
        String url = "ws://127.0.0.1:" + STAND.port() + "/elsewhere";
        try (BridgeProcess bridge = BridgeProcess.start(Map.of("EXAI_WS_TOKEN", TOKEN), "--url", url)) {
            assertThat(bridge.status()).isEqualTo(1);
            assertThat(bridge.notices()).singleElement().asString().contains("404", "/mcp/ws");
        }
    }

    @Test
    void givesUpWhenToldTo() throws Exception {
        String port = String.valueOf(nobody());
        Map<String, String> environment = Map.of("EXAI_WS_PORT", port, "EXAI_WS_CONNECT_TIMEOUT", "0.5");
        try (BridgeProcess bridge = BridgeProcess.start(environment)) {
            assertThat(bridge.status()).isEqualTo(1);
            assertThat(bridge.notices())
                    .last()
                    .asString()
                    .startsWith("exai: no connection")
                    .contains(port, "0.5");
        }
    }

    @Test
    void yieldsToAnotherBridgeOfItsSession() throws Exception {
        try (BridgeProcess bridge = connected()) {
            String session = Messages.meta(bridge.initialize(), "sessionId").asText();
            Map<String, String> environment = Map.of("EXAI_WS_TOKEN", TOKEN, "EXAI_SESSION_ID", session);
            try (BridgeProcess other = BridgeProcess.start(environment, "--url", url(STAND.port()))) {
                other.initialize();
                assertThat(bridge.status()).isEqualTo(1);
                assertThat(bridge.notices()).last().asString().contains("resumed on another connection");
            }
        }
    }

    @Test
    void takesEmptyVariablesAsNotSet() throws Exception {
        Map<String, String> environment = Map.of(
                "EXAI_WS_HOST", "",
                "EXAI_WS_PORT", String.valueOf(STAND.port()),
                "EXAI_WS_TOKEN", TOKEN,
                "EXAI_WS_AUTOSTART", "",
                "EXAI_WS_CONNECT_TIMEOUT", "",
                "EXAI_WS_MAX_BYTES", "",
                "EXAI_SESSION_ID", "");
        try (BridgeProcess bridge = BridgeProcess.start(environment)) {
            assertThat(bridge.initialize().has("result")).isTrue();
        }
    }

    @Test
    void answersForADaemonThatTakesLessThanItself() throws Exception {
        Map<String, String> small = Map.of("EXAI_WS_MAX_BYTES", "20000", "TOOL_CALL_MAX_SIZE", "10000");
        try (DaemonProcess modest = DaemonProcess.start(folder.resolve("modest"), small);
                BridgeProcess bridge = BridgeProcess.to(modest.port())) {
            bridge.initialize();
            JsonNode answer = bridge.ask(Messages.chat("big", "x".repeat(300_000)));
            assertThat(answer.at("/error/message").asText()).contains("too large", "1009");
            assertThat(Messages.text(bridge.ask(Messages.chat("next", "still here"))))
                    .endsWith("still here");
        }
    }

    @Test
    void startsADaemonThatOutlivesIt() throws Exception {
        int port = nobody();
        Path data = folder.resolve("started");
        try (BridgeProcess bridge = BridgeProcess.to(port, "--autostart", "--data-dir", data.toString())) {
            long pid = Long.parseLong(
                    bridge.awaitNotice("started a daemon, process ([0-9]+)").group(1));
            ProcessHandle started = ProcessHandle.of(pid).orElseThrow();
            try {
                assertThat(bridge.initialize().has("result")).isTrue();
                bridge.closeInput();
                assertThat(bridge.status()).isZero();
                assertThat(started.isAlive()).isTrue();
                try (BridgeProcess next = BridgeProcess.to(port, "--autostart")) {
                    assertThat(next.initialize().has("result")).isTrue();
                    assertThat(next.notices()).hasSize(1);
                }
                assertThat(Files.readString(data.resolve("daemon.log"))).contains("ready on");
            } finally {
                started.destroy();
                Await.until("the daemon ends", BridgeProcess.PATIENCE, () -> !started.isAlive());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--no-such-option",
                "--token secret",
                "--url http://127.0.0.1/",
                "--url ws:/nowhere",
                "--linger many",
                "--linger -1",
                "--max-bytes 0",
                "--max-unanswered 0",
                "--retry-delay 0",
                "--max-retry-delay 0.1",
                "--token-file /no/such/file",
                "--autostart --url ws://example.org/mcp/ws"
            })
    void tellsMisuseInOneLine(String arguments) throws Exception {
        try (BridgeProcess bridge = BridgeProcess.start(Map.of(), arguments.split(" ", -1))) {
            assertThat(bridge.status()).isEqualTo(2);
            assertThat(bridge.notices()).singleElement().asString().startsWith("exai: ");
            assertThat(bridge.heard()).isEmpty();
        }
    }

    private static BridgeProcess connected() throws Exception {
        return BridgeProcess.start(Map.of("EXAI_WS_TOKEN", TOKEN), "--url", url(STAND.port()));
    }

    private static String url(int port) {
        return "ws://127.0.0.1:" + port + "/mcp/ws";
    }

    /** A port on which nobody listens. */
    private static int nobody() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
