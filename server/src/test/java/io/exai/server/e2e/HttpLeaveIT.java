package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A modern client that closes the stream of its call withdraws it, all the way to the provider. */
@Timeout(120)
class HttpLeaveIT {
    private static final Duration PATIENCE = Duration.ofSeconds(50);
    private static final String PROMPT = "left";

    @TempDir
    private Path data;

    @Test
    void cancelsTheWorkOfAModernClientThatLeaves() throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start("--latency", "60s");
                DaemonProcess daemon = DaemonProcess.start(data, Map.of("CUSTOM_API_URL", sandbox.url()))) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
                client.getOutputStream().write(post(daemon.port()));
                Await.until("the call runs", PATIENCE, () -> !outcomes(sandbox).isEmpty());
            }
            Await.until("it ended", PATIENCE, () -> outcomes(sandbox), outcomes -> !outcomes.contains("running"));
            assertThat(outcomes(sandbox)).containsExactly("cancelled");
            Probes.awaitIdle(daemon);
        }
    }

    private static List<String> outcomes(SandboxProcess sandbox) throws Exception {
        return sandbox.visits(PROMPT).stream()
                .map(SandboxProcess.Visit::outcome)
                .toList();
    }

    private static byte[] post(int port) {
        ObjectNode call = HttpPeer.modern(Messages.chat(1, PROMPT));
        String body = WireJson.write(call);
        String head = "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: " + HttpPeer.MODERN
                + "\r\nMcp-Method: tools/call\r\nMcp-Name: chat\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}
