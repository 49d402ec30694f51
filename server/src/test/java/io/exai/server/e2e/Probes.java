package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.protocol.json.WireJson;

/** Looks whether a daemon is still well. */
final class Probes {
    private Probes() {}

    /** Answers a tool call on a connection of its own. */
    static void assertServes(DaemonProcess daemon) throws Exception {
        assertThat(daemon.isAlive()).isTrue();
        try (RawClient fresh = RawClient.connect(daemon.port())) {
            fresh.ask(Messages.initialize(1));
            assertLives(fresh);
        }
    }

    /** Answers a tool call on that connection, which has been initialized. */
    static void assertLives(RawClient client) throws Exception {
        JsonNode answer = client.ask(Messages.call("alive", "version", WireJson.object()));
        assertThat(Messages.text(answer)).startsWith("exai ");
    }

    /** Waits until the daemon says that no call runs. */
    static void awaitIdle(DaemonProcess daemon) throws Exception {
        try (RawClient client = RawClient.connect(daemon.port())) {
            client.ask(Messages.initialize(1));
            Await.until("calls running", RawClient.PATIENCE, () -> running(client), running -> running == 0);
        }
    }

    private static int running(RawClient client) throws Exception {
        JsonNode status = client.ask(Messages.call("status", "status", WireJson.object()));
        return status.path("result").path("structuredContent").path("running").asInt(-1);
    }
}
