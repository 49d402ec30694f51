package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.protocol.json.WireJson;
import io.exai.server.metric.PrometheusPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus gets from a daemon that was asked something. */
@Timeout(90)
class MetricsIT {
    @TempDir
    private Path data;

    @Test
    void tellOfACallAllThatIsDocumented() throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start();
                DaemonProcess daemon = daemon(Map.of("CUSTOM_API_URL", sandbox.url()))) {
            assertThat(metrics(daemon)).contains("HTTP/1.1 200", "Content-Type: text/plain; version=0.0.4");
            try (RawClient client = RawClient.connect(daemon.port())) {
                client.ask(Messages.initialize(0));
                client.ask(Messages.call(1, "chat", WireJson.object().put("prompt", "one two three")));
                PrometheusPage page = new PrometheusPage(metrics(daemon));

                assertThat(page.kinds())
                        .isEqualTo(PrometheusPage.documented(Files.readString(Path.of("../docs/metrics.md"))));
                assertThat(page.value("exai_calls_total{outcome=\"answered\",tool=\"chat\"}"))
                        .isEqualTo(1);
                assertThat(page.value("exai_provider_attempts_total{provider=\"custom\"}"))
                        .isEqualTo(1);
                assertThat(page.value("exai_provider_in_flight{provider=\"custom\"}"))
                        .isZero();
                assertThat(page.sum("exai_provider_calls_total")).isEqualTo(1);
                assertThat(page.sum("exai_provider_call_seconds_count")).isEqualTo(1);
                assertThat(page.sum("exai_tokens_total")).isGreaterThan(3);
                assertThat(page.sum("exai_jvm_memory_bytes")).isPositive();
            }
        }
    }

    @Test
    void areNotFoundWhenTheyAreOff() throws Exception {
        try (DaemonProcess daemon = daemon(Map.of("METRICS_ENABLED", "off", "EXAI_SANDBOX", "on"))) {
            assertThat(metrics(daemon)).contains("HTTP/1.1 404", "exai.metrics.enabled is off");
            Probes.assertServes(daemon);
        }
    }

    private DaemonProcess daemon(Map<String, String> environment) throws Exception {
        return DaemonProcess.start(data, environment);
    }

    /** As a scraper that knows the daemon under a name of its own, without a token. */
    private static String metrics(DaemonProcess daemon) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.ownPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET /metrics HTTP/1.1\r\nHost: exai.monitoring.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
