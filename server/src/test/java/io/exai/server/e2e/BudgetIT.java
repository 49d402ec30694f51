package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.WireJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A principal that has spent what it may is refused until the next day, also after a restart. */
@Timeout(120)
class BudgetIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private int calls;

    @Test
    void stopsAPrincipalAtItsBudgetAndTellsWhereTheMoneyWent() throws Exception {
        Path data = folder.resolve("data");
        try (SandboxProcess sandbox = SandboxProcess.start()) {
            Map<String, String> environment = Map.of("KIMI_API_KEY", "key", "KIMI_API_URL", sandbox.url("kimi"));
            try (DaemonProcess daemon = DaemonProcess.start(
                    data,
                    environment,
                    "-D",
                    "exai.budget.principals.local.stop=0.00002",
                    "-D",
                    "exai.budget.refresh=200ms")) {
                HttpPeer peer = HttpPeer.initialized(daemon.port(), "2025-11-25");
                assertThat(ask(peer).path("result").path("isError").asBoolean()).isFalse();
                assertRefused(peer);
                daemon.stop();
                daemon.restart();
                assertRefused(HttpPeer.initialized(daemon.port(), "2025-11-25"));
                daemon.stop();
            }
        }
        JarProcess.Ending usage = JarProcess.run(Map.of("EXAI_DATA_DIR", data.toString()), "usage", "--by", "model");
        assertThat(usage.out())
                .as(usage.err().toString())
                .anyMatch(line -> line.contains("kimi-latest") && line.contains(" 1 "));
    }

    private void assertRefused(HttpPeer peer) throws Exception {
        Await.until(
                "refused",
                SOON,
                () -> Messages.text(ask(peer)),
                text -> text.matches(
                        "(?s).*budget principals\\.local\\.stop: .* USD of .* USD spent today; renews .*T00:00:00Z.*"));
    }

    private JsonNode ask(HttpPeer peer) throws Exception {
        calls++;
        return HttpPeer.message(peer.post(Messages.call(
                calls, "chat", WireJson.object().put("prompt", "call " + calls).put("model", "kimi-latest"))));
    }
}
