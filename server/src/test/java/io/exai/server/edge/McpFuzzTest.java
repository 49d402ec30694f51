package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import io.exai.protocol.frame.Limits;
import io.exai.protocol.json.MalformedJson;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.jsonrpc.EnvelopeReader;
import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.mcp.Revision;
import io.exai.protocol.mcp.ServerIdentity;
import io.exai.protocol.mcp.ServerMessages;
import io.exai.provider.catalogue.Catalogue;
import io.exai.server.feature.FeatureParts;
import io.exai.server.feature.Features;
import io.exai.server.prompt.PromptBook;
import io.exai.server.resource.DaemonResources;
import io.exai.server.security.StateSeal;
import io.exai.server.session.ToClient;
import io.exai.server.setting.Settings;
import io.exai.server.tool.Toolbox;
import io.exai.server.wire.Conversation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** Whatever a client says, it is answered once, at once and with a valid message, and nothing breaks. */
@Timeout(240)
class McpFuzzTest {
    private static final long SEED = 20261120;
    private static final int ON_SOCKETS = 90_000;
    private static final int OVER_HTTP = 12_000;
    private static final int EACH_CONNECTION = 200;

    /** Messages before the first that is measured: until then much runs for the first time. */
    private static final int WARM_UP = 5_000;

    private static final Set<Integer> STATUSES = Set.of(200, 202, 204, 400, 404, 405, 406, 413, 415, 500);
    private static final Settings SETTINGS =
            Settings.load(null, ConfigFactory.parseString("exai.providers.sandbox.enabled = on"));
    private static final Toolbox TOOLBOX = Toolbox.load("", SETTINGS.deadline());
    private static final Catalogue CATALOGUE = Catalogue.load(SETTINGS.providers());
    private static final ServerMessages MESSAGES = new ServerMessages(new ServerIdentity("1", ""));
    private static final StateSeal SEAL =
            new StateSeal(new byte[StateSeal.KEY_BYTES], Duration.ofHours(1), Clock.systemUTC());

    private static final Features FEATURES = new Features(new FeatureParts(
            MESSAGES,
            TOOLBOX,
            PromptBook.load(""),
            DaemonResources.of(SETTINGS, CATALOGUE, TOOLBOX),
            CATALOGUE,
            SEAL,
            change -> {},
            100));

    private final MutatedMessages messages = new MutatedMessages(SEED);
    private final ActorTestKit kit = ActorTestKit.create(
            ConfigFactory.parseString("pekko.loglevel = WARNING").withFallback(ConfigFactory.load()));
    private final ActorRef<ToClient> self = kit.spawn(Behaviors.ignore());

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void answersEverythingOnceOnAConnection(TestReporter reporter) {
        Effort effort = new Effort(ON_SOCKETS);
        Conversation conversation = new Conversation();
        FakeWire wire = new FakeWire();
        McpDialogue dialogue = dialogue(wire);
        for (int number = -WARM_UP; number < ON_SOCKETS; number++) {
            if (number % EACH_CONNECTION == 0) {
                dialogue.closed();
                wire = new FakeWire();
                dialogue = dialogue(wire);
                conversation = new Conversation();
            }
            byte[] message = messages.next();
            said(conversation, message);
            long begin = Effort.ofThisThread();
            try {
                dialogue.received(message);
            } catch (RuntimeException broken) {
                throw new AssertionError(shown(number, message), broken);
            }
            long used = Effort.ofThisThread() - begin;
            if (number >= 0) {
                effort.took(used, shown(number, message));
            }
            assertThat(wire.closings()).as(shown(number, message)).isEmpty();
            assertThat(dialogue.isReady()).as(shown(number, message)).isTrue();
            assertAnsweredOnce(wire.sent(), message, shown(number, message));
            for (JsonNode sent : wire.sent()) {
                assertThat(conversation.problems(sent))
                        .as("%s: %s", shown(number, message), sent)
                        .isEmpty();
            }
            wire.sent().clear();
        }
        effort.report(reporter);
    }

    @Test
    void answersEverythingOnceOverHttp(TestReporter reporter) throws Exception {
        Effort effort = new Effort(OVER_HTTP);
        Connections open = new Connections();
        StreamableHttp http = new StreamableHttp(parts(new AnsweringGate(nobody -> {})), open, kit.system());
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int number = -WARM_UP; number < OVER_HTTP; number++) {
            byte[] message = messages.next();
            HttpRequest request = request(message);
            boolean listens = request.method().value().equals("GET")
                    || new String(message, StandardCharsets.UTF_8).contains("subscriptions/listen");
            long begin = Effort.ofAllThreads();
            HttpResponse response =
                    http.handle(request, "alice").toCompletableFuture().get(20, TimeUnit.SECONDS);
            statuses.merge(response.status().intValue(), 1, Integer::sum);
            assertThat(response.status().intValue()).as(shown(number, message)).isIn(STATUSES);
            if (listens) {
                response.discardEntityBytes(kit.system());
                if (number >= 0) {
                    effort.took(Effort.ofAllThreads() - begin, shown(number, message));
                }
                open.drain();
                continue;
            }
            String body = body(response);
            long used = Effort.ofAllThreads() - begin;
            if (number >= 0) {
                effort.took(used, shown(number, message));
            }
            assertHttpAnswer(request, message, response, body, shown(number, message));
        }
        reporter.publishEntry("statuses", statuses.toString());
        effort.report(reporter);
        kit.createTestProbe().awaitAssert(Duration.ofSeconds(20), () -> {
            open.drain();
            assertThat(open.now()).as("streams left open").isZero();
            return open;
        });
    }

    private String body(HttpResponse response) throws Exception {
        HttpEntity.Strict strict = response.entity()
                .toStrict(20_000, kit.system())
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        return strict.getData().utf8String();
    }

    /** A request is answered under its id, exactly once; what else a stream says has no id of ours. */
    private static void assertHttpAnswer(
            HttpRequest request, byte[] message, HttpResponse response, String body, String shown)
            throws MalformedJson {
        int status = response.status().intValue();
        if (!request.method().value().equals("POST") || status == 405 || status == 406) {
            return;
        }
        Incoming incoming = EnvelopeReader.read(message, 0, message.length);
        if (incoming instanceof Incoming.Request asked) {
            assertThat(status).as(shown).isNotEqualTo(202);
            List<String> answers = body.startsWith("{")
                    ? List.of(body)
                    : body.lines()
                            .filter(line -> line.startsWith("data: {"))
                            .map(line -> line.substring(6))
                            .toList();
            assertThat(answers).as("%s: %d %s", shown, status, body).hasSize(1);
            Conversation conversation = new Conversation();
            request.getHeader("MCP-Protocol-Version")
                    .flatMap(version -> Revision.of(version.value()))
                    .ifPresent(conversation::speaks);
            said(conversation, message);
            assertThat(conversation.problems(WireJson.parse(answers.get(0))))
                    .as("%s: %s", shown, body)
                    .isEmpty();
            if (status == 200) {
                assertThat(RequestId.of(WireJson.parse(answers.get(0)).path("id")))
                        .as(shown)
                        .hasValue(asked.id());
            }
        }
    }

    private HttpRequest request(byte[] message) {
        String method = messages.below(30) == 0 ? messages.pick(List.of("GET", "DELETE", "PUT", "OPTIONS")) : "POST";
        HttpRequest request = HttpRequest.create("/mcp")
                .withMethod(org.apache.pekko.http.javadsl.model.HttpMethods.lookup(method)
                        .orElseThrow())
                .addHeader(header(
                        "Accept",
                        List.of("application/json, text/event-stream", "application/json", "*/*", "text/html")))
                .addHeader(header("Last-Event-ID", List.of("abc.1.x", "listen.0.x", "nonsense")));
        if (messages.below(5) > 0) {
            request = request.addHeader(
                    RawHeader.create(RequestHeaders.SESSION, messages.below(20) == 0 ? "x" : SessionIds.next()));
        }
        if (messages.below(2) == 0) {
            request = request.addHeader(header(
                    "MCP-Protocol-Version", List.of("2026-07-28", "2025-11-25", "2025-03-26", "2099-01-01", "x")));
        }
        if (!method.equals("POST")) {
            return request;
        }
        return modernise(message, request)
                .withEntity(HttpEntities.create(
                        messages.below(40) == 0 ? ContentTypes.TEXT_PLAIN_UTF8 : ContentTypes.APPLICATION_JSON,
                        message));
    }

    /** Now and then the headers that go with a modern request, so that more of them get through. */
    private HttpRequest modernise(byte[] message, HttpRequest request) {
        if (messages.below(2) == 0
                || !(EnvelopeReader.read(message, 0, message.length) instanceof Incoming.Request asked)) {
            return request;
        }
        ObjectNode params = asked.params();
        String name = params.path("name")
                .asText(params.path("uri").asText(params.path("taskId").asText("x")));
        boolean plain = name.chars().allMatch(c -> c > ' ' && c < 127);
        return request.removeHeader("MCP-Protocol-Version")
                .addHeader(RawHeader.create("MCP-Protocol-Version", "2026-07-28"))
                .addHeader(
                        RawHeader.create("Mcp-Method", asked.method().matches("[\\x21-\\x7e]+") ? asked.method() : "x"))
                .addHeader(RawHeader.create("Mcp-Name", plain ? name : "x"));
    }

    private RawHeader header(String name, List<String> values) {
        return RawHeader.create(name, messages.pick(values));
    }

    private static void assertAnsweredOnce(List<JsonNode> sent, byte[] message, String shown) {
        Incoming incoming = EnvelopeReader.read(message, 0, message.length);
        boolean large = message.length > ScriptedClient.CALL_LIMIT;
        if (!large && incoming instanceof Incoming.Request request) {
            assertThat(sent).as(shown).hasSize(1);
            JsonNode answer = sent.get(0);
            boolean acknowledged = answer.path("method").asText().equals("notifications/subscriptions/acknowledged");
            assertThat(acknowledged || RequestId.of(answer.path("id")).equals(Optional.of(request.id())))
                    .as("%s: %s", shown, answer)
                    .isTrue();
        } else if (large || incoming instanceof Incoming.Malformed) {
            assertThat(sent).as(shown).hasSize(1);
            assertThat(sent.get(0).has("error")).as(shown).isTrue();
        } else {
            assertThat(sent).as(shown).isEmpty();
        }
    }

    private McpDialogue dialogue(FakeWire wire) {
        McpDialogue[] dialogue = new McpDialogue[1];
        AnsweringGate gate = new AnsweringGate(said -> dialogue[0].heard(said));
        dialogue[0] =
                new McpDialogue(parts(gate), wire, new Caller("alice", "connection", SessionIds.next(), false), self);
        dialogue[0].opened();
        return dialogue[0];
    }

    private static EdgeParts parts(SessionGate gate) {
        return new EdgeParts(
                SETTINGS.http(),
                new Limits(1 << 20, ScriptedClient.CALL_LIMIT, 1024),
                MESSAGES,
                TOOLBOX,
                EdgeFixture.REPORTS,
                CATALOGUE,
                gate,
                FEATURES,
                SEAL,
                new FakeChanges(),
                Clock.systemUTC(),
                Runnable::run,
                Duration.ofSeconds(1));
    }

    private static void said(Conversation conversation, byte[] message) {
        try {
            conversation.said(WireJson.parse(message, 0, message.length));
        } catch (MalformedJson nonsense) {
            // the answer is an error
        }
    }

    private static String shown(int number, byte[] message) {
        return "message " + number + " of seed " + SEED + ": " + new String(message, StandardCharsets.UTF_8);
    }
}
