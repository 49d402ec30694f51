package io.exai.server.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.op.OpMessages;
import io.exai.server.security.Principals;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import io.exai.server.setting.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;

/** A client that speaks op, and the dialogue that the daemon has with it. Messages are written with single quotes. */
final class OpClient {
    static final int CALL_LIMIT = 2_000;
    static final String CONNECTION = "connection-1";
    static final String DEFAULT_TOKEN = "the-shared-token-0";
    static final String ALICE_TOKEN = "the-token-of-alice";

    private static final String TOKENS =
            "exai.security { token = " + DEFAULT_TOKEN + ", tokens.alice = " + ALICE_TOKEN + " }";
    private static final Instant NOW = Instant.ofEpochMilli(1_500);

    private final FakeWire wire = new FakeWire();
    private final FakeGate gate = new FakeGate();
    private final ActorRef<ToClient> self = TestInbox.<ToClient>create().getRef();
    private final String freshId = SessionIds.next();
    private final Dialogue dialogue;

    private OpClient(String settings, String principal) {
        Settings all =
                Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on\n" + settings));
        EdgeParts parts = EdgeFixture.parts(all, CALL_LIMIT, gate);
        Principals principals = new Principals(all.security());
        OpParts op = new OpParts(
                all.op(),
                new OpMessages(true),
                principals,
                new TokenRotation(principals, new Connections(), () -> true),
                all.deadline().heartbeat(),
                () -> WireJson.object().put("tool_count", 4),
                all.flight().distinctTools(),
                Clock.fixed(NOW, ZoneOffset.UTC));
        dialogue = Dialogue.of(parts, op, wire, new Caller(principal, CONNECTION, freshId, false), self);
        dialogue.opened();
    }

    /** No token is configured; {@code settings} is HOCON. */
    static OpClient open(String settings) {
        return new OpClient(settings, Principals.LOCAL);
    }

    /** Came in with Alice's token in a header. */
    static OpClient alice() {
        return new OpClient(TOKENS, "alice");
    }

    /** Came in without a token where one is required. */
    static OpClient stranger() {
        return new OpClient(TOKENS, "");
    }

    /** In a session of its own; what was said until then is forgotten. */
    static OpClient greeted() {
        return greeted("");
    }

    static OpClient greeted(String settings) {
        OpClient client = open(settings);
        client.says("{'op':'hello'}");
        client.hears(new ToClient.Attached(false, null, List.of()));
        client.answer();
        client.told();
        return client;
    }

    void says(String message) {
        dialogue.received(message.replace('\'', '"').getBytes(UTF_8));
    }

    /** A call of chat under that id. */
    void calls(String id) {
        says("{'op':'call_tool','request_id':'" + id + "','name':'chat','arguments':{'prompt':'hi'}}");
    }

    /** As {@link #calls}, of which the session says that it runs. */
    void runs(String id) {
        calls(id);
        hears(new ToClient.TakenOn(json(id)));
        hears(new ToClient.Started(json(id), 270_000));
        wire.sent().clear();
        told();
    }

    void hears(ToClient message) {
        dialogue.heard(message);
    }

    /** The session answers that call with that body. */
    void answered(String id, String body) {
        hears(new ToClient.Answered(json(id), "op", 3, body.replace('\'', '"'), false, 1, false));
    }

    static String json(String id) {
        return '"' + id + '"';
    }

    FakeWire wire() {
        return wire;
    }

    Dialogue dialogue() {
        return dialogue;
    }

    ActorRef<ToClient> self() {
        return self;
    }

    /** The id under which a session of this connection begins. */
    String freshId() {
        return freshId;
    }

    List<FakeGate.Told> toldWhom() {
        return gate.take();
    }

    List<SessionCommand> told() {
        return gate.take().stream().map(FakeGate.Told::command).toList();
    }

    /** The oldest message that has not been taken yet. */
    JsonNode answer() {
        assertThat(wire.sent()).isNotEmpty();
        return wire.sent().remove(0);
    }

    /** As {@link #answer}, as text with single quotes. */
    String text() {
        return answer().toString().replace('"', '\'');
    }
}
