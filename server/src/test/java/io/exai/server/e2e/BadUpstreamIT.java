package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A vendor that fails, stalls or breaks off gives an error, and its call gives its budget back. */
@Timeout(120)
class BadUpstreamIT {
    private static final int BUDGET = 8;

    @TempDir
    private Path data;

    @ParameterizedTest
    @CsvSource({
        "--error-rate, PROVIDER_ERROR, false",
        "--error-rate, PROVIDER_ERROR, true",
        "--break-rate, PROVIDER_ERROR, false",
        "--break-rate, PROVIDER_ERROR, true",
        "--rate-limit-rate, OVER_CAPACITY, false"
    })
    void answersAnErrorWhenTheVendorFails(String fault, String code, boolean streamed) throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start(fault, "1.0");
                DaemonProcess daemon = start(sandbox);
                RawClient client = RawClient.connect(daemon.port())) {
            client.ask(Messages.initialize(0));
            for (int id = 1; id <= BUDGET + 1; id++) {
                assertFailed(client.ask(chat(id, streamed)), code);
            }
            Probes.assertLives(client);
            Probes.awaitIdle(daemon);
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void answersTimeoutWhenTheVendorStallsAndFreesTheBudget(boolean streamed) throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start("--stall-rate", "1.0");
                DaemonProcess daemon = start(sandbox);
                RawClient client = RawClient.connect(daemon.port())) {
            client.ask(Messages.initialize(0));
            askAndExpectTimeouts(client, 1, streamed);
            askAndExpectTimeouts(client, 1 + BUDGET, streamed);
            Await.until("requests at the sandbox", RawClient.PATIENCE, sandbox::inFlight, open -> open == 0);
            Probes.assertLives(client);
            Probes.awaitIdle(daemon);
        }
    }

    @Test
    void refusesTheNinthCallOfASessionAndAnswersTheOthers() throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start("--latency", "1500ms");
                DaemonProcess daemon = start(sandbox);
                RawClient client = RawClient.connect(daemon.port());
                RawClient other = RawClient.connect(daemon.port())) {
            client.ask(Messages.initialize(0));
            other.ask(Messages.initialize(0));
            for (int id = 1; id <= BUDGET; id++) {
                client.send(chat(id, false));
            }
            assertFailed(client.ask(chat(BUDGET + 1, false)), "OVER_CAPACITY");
            assertThat(Messages.text(other.ask(chat(1, false)))).startsWith("[sandbox]");
            for (int left = BUDGET; left > 0; left--) {
                assertThat(Messages.text(client.next())).startsWith("[sandbox]");
            }
            assertThat(Messages.text(client.ask(chat(BUDGET + 1, false)))).startsWith("[sandbox]");
            Probes.awaitIdle(daemon);
        }
    }

    private DaemonProcess start(SandboxProcess sandbox) throws Exception {
        return DaemonProcess.start(
                data,
                Map.of(
                        "CUSTOM_API_URL", sandbox.url(),
                        "SIMPLE_TOOL_TIMEOUT_SECS", "1",
                        "WORKFLOW_TOOL_TIMEOUT_SECS", "4"),
                "-D",
                "exai.providers.breaker.failures=10000",
                "-D",
                "exai.providers.breaker.least-calls=10000");
    }

    private static void askAndExpectTimeouts(RawClient client, int firstId, boolean streamed) throws Exception {
        for (int id = firstId; id < firstId + BUDGET; id++) {
            client.send(chat(id, streamed));
        }
        int left = BUDGET;
        while (left > 0) {
            JsonNode message = client.next();
            if (!message.has("method")) {
                assertFailed(message, "TIMEOUT");
                left--;
            }
        }
    }

    private static ObjectNode chat(int id, boolean streamed) {
        ObjectNode request = Messages.chat(id, "question " + id);
        if (streamed) {
            request.withObject("/params").putObject("_meta").put("progressToken", id);
        }
        return request;
    }

    private static void assertFailed(JsonNode answer, String code) {
        assertThat(answer.path("result").path("isError").asBoolean())
                .as("%s", answer)
                .isTrue();
        assertThat(Messages.meta(answer, "error").path("code").asText()).isEqualTo(code);
        assertThat(Messages.text(answer)).startsWith(code + ": ");
    }
}
