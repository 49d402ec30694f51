package io.exai.server.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import io.exai.server.setting.Settings;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;

/** A client that says what it is told to, and the dialogue that the daemon has with it. */
final class ScriptedClient {
    static final int CALL_LIMIT = 2_000;
    static final String CONNECTION = "connection-1";
    static final String PRINCIPAL = "alice";

    private static final Settings SETTINGS =
            Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on"));

    private final FakeWire wire = new FakeWire();
    private final FakeGate gate = new FakeGate();
    private final ActorRef<ToClient> self = TestInbox.<ToClient>create().getRef();
    private final String sessionId = SessionIds.next();
    private final McpDialogue dialogue;

    private ScriptedClient(boolean resuming) {
        EdgeParts parts = EdgeFixture.parts(SETTINGS, CALL_LIMIT, gate);
        dialogue = new McpDialogue(parts, wire, new Caller(PRINCIPAL, CONNECTION, sessionId, resuming), self);
        dialogue.opened();
    }

    static ScriptedClient fresh() {
        return new ScriptedClient(false);
    }

    static ScriptedClient resuming() {
        return new ScriptedClient(true);
    }

    /** After the handshake of that revision. */
    static ScriptedClient initialized(String revision) {
        ScriptedClient test = fresh();
        test.initialize("\"init\"", revision, "");
        test.granted(false);
        test.take();
        return test;
    }

    FakeWire wire() {
        return wire;
    }

    McpDialogue dialogue() {
        return dialogue;
    }

    String sessionId() {
        return sessionId;
    }

    ActorRef<ToClient> self() {
        return self;
    }

    void says(String message) {
        dialogue.received(message.getBytes(UTF_8));
    }

    void requests(String id, String method, String params) {
        says("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}");
    }

    /** {@code more} are further members of the parameters, each with a comma before it. */
    void initialize(String id, String revision, String more) {
        requests(
                id,
                "initialize",
                "{\"protocolVersion\":\"" + revision
                        + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}" + more + "}");
    }

    /** A call of chat; legacy unless {@code meta} says otherwise. */
    void calls(String id, String meta) {
        requests(id, "tools/call", "{\"name\":\"chat\",\"arguments\":{\"prompt\":\"hi\"}" + meta + "}");
    }

    void granted(boolean resumed) {
        dialogue.heard(new ToClient.Attached(resumed, null, List.of()));
    }

    /** What the sessions were told since last asked; what the client was sent is forgotten too. */
    List<FakeGate.Told> take() {
        wire.sent().clear();
        return gate.take();
    }

    /** What the sessions were told since last asked. */
    List<SessionCommand> told() {
        return gate.take().stream().map(FakeGate.Told::command).toList();
    }

    /** The only message sent since last taken. */
    JsonNode answer() {
        assertThat(wire.sent()).hasSize(1);
        return wire.sent().remove(0);
    }

    /** The only message sent since last taken, which must be an error. */
    int errorCode() {
        return answer().path("error").path("code").asInt();
    }
}
