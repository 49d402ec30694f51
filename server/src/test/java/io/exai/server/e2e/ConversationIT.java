package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A conversation goes on in another session and after a restart, and is nobody else's. */
@Timeout(90)
class ConversationIT {
    private static final String[] PRINCIPALS = {
        "-D", "exai.security.tokens.alice=alice-alice-alice", "-D", "exai.security.tokens.bob=bob-bob-bob-bob-bob"
    };

    @TempDir
    private Path data;

    @Test
    void goesOnInAnotherSessionAndAfterARestart() throws Exception {
        String id;
        try (SandboxProcess sandbox = SandboxProcess.start()) {
            int words;
            try (DaemonProcess daemon = daemon(sandbox)) {
                JsonNode begun = chat(daemon, "alice", "one two three", "new");
                id = Messages.meta(begun, "continuationId").asText();
                assertThat(id).matches("[0-9a-f]{32}");
                assertThat(Messages.text(begun)).endsWith("You said: one two three");
                assertThat(begun.path("result")
                                .path("content")
                                .path(1)
                                .path("text")
                                .asText())
                        .contains("continuation_id: " + id);
                words = Messages.meta(begun, "usage").path("inputTokens").asInt();
                daemon.kill();
            }
            try (DaemonProcess daemon = daemon(sandbox)) {
                JsonNode next = chat(daemon, "alice", "one two three", id);
                assertThat(Messages.meta(next, "continuationId").asText()).isEqualTo(id);
                assertThat(Messages.meta(next, "usage").path("inputTokens").asInt())
                        .isGreaterThanOrEqualTo(words + 6);
                assertThat(Messages.text(chat(daemon, "bob", "hello", id)))
                        .startsWith("VALIDATION_ERROR: continuation_id: " + id + " (expected: new, or an id");
            }
        }
    }

    @Test
    void isReadAsAResourceAndToldOfAfterEachTurn() throws Exception {
        try (SandboxProcess sandbox = SandboxProcess.start();
                DaemonProcess daemon = daemon(sandbox);
                RawClient reader = client(daemon, "alice")) {
            String id = Messages.meta(chat(daemon, "alice", "first", "new"), "continuationId")
                    .asText();
            String uri = "exai://conversations/" + id;
            reader.ask(of("resources/subscribe", 1, uri));
            chat(daemon, "alice", "second", id);
            JsonNode notice = reader.next();
            assertThat(notice.path("method").asText()).isEqualTo("notifications/resources/updated");
            assertThat(notice.path("params").path("uri").asText()).isEqualTo(uri);

            JsonNode turns = read(reader, uri).path("turns");
            assertThat(turns).hasSize(2);
            assertThat(turns.path(0).path("question").asText()).isEqualTo("first");
            assertThat(turns.path(1).path("answer").asText()).endsWith("You said: second");

            JsonNode session = read(reader, "exai://sessions/" + reader.sessionId());
            assertThat(session.path("subscriptions").path(0).asText()).isEqualTo(uri);
            try (RawClient stranger = client(daemon, "bob")) {
                assertThat(Messages.errorCode(stranger.ask(of("resources/read", 2, uri))))
                        .isEqualTo(-32002);
                assertThat(Messages.errorCode(
                                stranger.ask(of("resources/read", 3, "exai://sessions/" + reader.sessionId()))))
                        .isEqualTo(-32002);
            }
        }
    }

    private static JsonNode read(RawClient client, String uri) throws Exception {
        JsonNode contents =
                client.ask(of("resources/read", 9, uri)).path("result").path("contents");
        return WireJson.parse(contents.path(0).path("text").asText());
    }

    private static ObjectNode of(String method, int id, String uri) {
        ObjectNode request = Messages.request(id, method);
        request.putObject("params").put("uri", uri);
        return request;
    }

    private static RawClient client(DaemonProcess daemon, String who) throws Exception {
        String token = who.equals("alice") ? "alice-alice-alice" : "bob-bob-bob-bob-bob";
        RawClient client = RawClient.connect(daemon.port(), "/mcp/ws", "Authorization: Bearer " + token);
        client.ask(Messages.initialize(0));
        return client;
    }

    private DaemonProcess daemon(SandboxProcess sandbox) throws Exception {
        return DaemonProcess.start(data, Map.of("CUSTOM_API_URL", sandbox.url()), PRINCIPALS);
    }

    private static JsonNode chat(DaemonProcess daemon, String who, String prompt, String conversation)
            throws Exception {
        try (RawClient client = client(daemon, who)) {
            return client.ask(Messages.call(
                    1, "chat", WireJson.object().put("prompt", prompt).put("continuation_id", conversation)));
        }
    }
}
