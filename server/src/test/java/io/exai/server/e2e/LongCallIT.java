package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A call of a minute and a half reaches clients that wait a minute from one sign of life to the next. Takes as long. */
@Timeout(180)
@EnabledIfEnvironmentVariable(named = "CI", matches = "true")
class LongCallIT {
    private static final Duration CLIENT_LIMIT = Duration.ofSeconds(60);
    private static final String PROMPT = "take your time";

    @TempDir
    private Path data;

    @Test
    void outlivesTheLimitOfAClientThatProgressResets(TestReporter reporter) throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start("--latency", "90s");
                DaemonProcess daemon = DaemonProcess.start(data, Map.of("CUSTOM_API_URL", sandbox.url()));
                RawClient socket = RawClient.connect(daemon.port())) {
            socket.ask(Messages.initialize(0));
            long begin = System.nanoTime();
            socket.send(call());
            try (EventReader stream =
                    HttpPeer.initialized(daemon.port(), "2025-11-25").open(call())) {
                int signs = 0;
                JsonNode answer = message(socket);
                while (answer.has("method")) {
                    signs++;
                    answer = message(socket);
                }
                reporter.publishEntry("signs of life", String.valueOf(signs));
                reporter.publishEntry(
                        "seconds",
                        String.valueOf(
                                Duration.ofNanos(System.nanoTime() - begin).toSeconds()));
                assertThat(Messages.text(answer)).isEqualTo("[sandbox] You said: " + PROMPT);
                assertThat(Messages.text(stream.answer())).isEqualTo("[sandbox] You said: " + PROMPT);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(85));
                assertThat(sandbox.visits(PROMPT)).hasSize(1);
            }
        }
    }

    private static ObjectNode call() {
        ObjectNode call = Messages.chat(1, PROMPT);
        call.withObject("/params/_meta").put("progressToken", "p");
        return call;
    }

    /** The next text; a ping of the socket is no sign of life to a client's timer. */
    private static JsonNode message(RawClient socket) throws Exception {
        WireFrame frame = socket.nextFrame(CLIENT_LIMIT);
        while (frame.opcode() != WireFrame.TEXT) {
            frame = socket.nextFrame(CLIENT_LIMIT);
        }
        return WireJson.parse(frame.text());
    }
}
