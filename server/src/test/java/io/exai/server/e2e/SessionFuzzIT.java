package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.frame.CloseCode;
import io.exai.protocol.json.WireJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done in a session, and however its client leaves, nothing of it stays in the daemon. */
@Timeout(300)
class SessionFuzzIT {
    private static final long SEED = 20261120;
    private static final int ON_SOCKETS = 3_000;
    private static final int OVER_HTTP = 3_000;
    private static final int CONNECTIONS = 6;
    private static final int EACH_CONNECTION = 60;
    private static final byte[] MARK = {1, 9, 6, 9};
    private static final Duration IDLE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Set<Integer> STATUSES = Set.of(200, 202, 400, 404, 500);

    @TempDir
    private Path data;

    private final Random random = new Random(SEED);
    private final Set<String> sessions = new HashSet<>();
    private final Map<Integer, Integer> codes = new TreeMap<>();

    @Test
    void leavesNoSessionBehind(TestReporter reporter) throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(
                data,
                Map.of(),
                "--conformance",
                "-D",
                "exai.session.idle-timeout=" + IDLE.toSeconds() + "s",
                "-D",
                "exai.session.passivate-after=1s",
                "-D",
                "exai.session.sweep-interval=1s",
                "-D",
                "exai.session.input-patience=2s",
                "-D",
                "exai.http.ping-interval=1s")) {
            onSockets(daemon);
            DeepHttp http = overHttp(daemon);
            reporter.publishEntry(Map.of(
                    "sessions", String.valueOf(sessions.size()),
                    "closed", codes.toString(),
                    "statuses", http.statuses().toString(),
                    "left", String.valueOf(http.left())));

            assertThat(codes.keySet())
                    .isSubsetOf(
                            Stream.of(CloseCode.values()).map(CloseCode::code).collect(Collectors.toSet()));
            assertThat(STATUSES).containsAll(http.statuses().keySet());
            assertIdle(daemon);
            assertForgotten(daemon);
            assertThat(daemon.log()).noneMatch(line -> line.contains("Exception"));
        }
    }

    private void onSockets(DaemonProcess daemon) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        List<DeepMessages> messages = new ArrayList<>();
        for (int number = 0; number < CONNECTIONS; number++) {
            clients.add(connect(daemon, ""));
            messages.add(new DeepMessages(random));
        }
        for (int number = 0; number < ON_SOCKETS; number++) {
            int turn = number % CONNECTIONS;
            boolean modern = turn == 0 && random.nextBoolean();
            RawClient client = clients.get(turn);
            boolean lives = survives(client, messages.get(turn), modern);
            if (!lives || random.nextInt(EACH_CONNECTION) == 0) {
                client.close();
                clients.set(turn, connect(daemon, random.nextBoolean() ? client.sessionId() : ""));
            }
        }
        for (RawClient client : clients) {
            client.close();
        }
    }

    /** In a session of before when it is named; in a new one when that has ended meanwhile. */
    private RawClient connect(DaemonProcess daemon, String session) throws Exception {
        String path = "/mcp/ws" + (session.isEmpty() ? "" : "?session=" + session);
        boolean gone =
                !session.isEmpty() && RawClient.knock(daemon.port(), path).status() == 404;
        RawClient client = RawClient.connect(daemon.port(), gone ? "/mcp/ws" : path);
        client.send(able(Messages.initialize("init")));
        sessions.add(client.sessionId());
        return client;
    }

    private static ObjectNode able(ObjectNode initialize) {
        ObjectNode capabilities = initialize.withObject("/params/capabilities");
        capabilities.putObject("elicitation");
        capabilities.putObject("sampling");
        capabilities.putObject("roots");
        return initialize;
    }

    /** Says something, and reads until the answer to a ping shows that the connection lives. */
    private boolean survives(RawClient client, DeepMessages messages, boolean modern) throws Exception {
        try {
            client.send(messages.next(modern));
            client.frame(WireFrame.FIN | WireFrame.PING, MARK);
        } catch (IOException closed) {
            // what the daemon said before is still to be read
        }
        WireFrame frame = client.nextFrame(RawClient.PATIENCE);
        while (frame.opcode() != WireFrame.PONG || !Arrays.equals(frame.payload(), MARK)) {
            if (frame.opcode() == WireFrame.CLOSE || frame.equals(WireFrame.END)) {
                codes.merge(frame.opcode() == WireFrame.CLOSE ? frame.closeCode() : -1, 1, Integer::sum);
                return false;
            } else if (frame.opcode() == WireFrame.TEXT) {
                messages.heard(frame.text());
            }
            frame = client.nextFrame(RawClient.PATIENCE);
        }
        return true;
    }

    private DeepHttp overHttp(DaemonProcess daemon) throws Exception {
        DeepMessages messages = new DeepMessages(random);
        DeepHttp http = new DeepHttp(daemon.port(), messages);
        String session = "";
        for (int number = 0; number < OVER_HTTP; number++) {
            if (number % EACH_CONNECTION == 0) {
                session = session(daemon);
            }
            boolean modern = random.nextInt(3) == 0;
            http.post(modern ? "" : session, messages.next(modern));
        }
        http.close();
        return http;
    }

    private String session(DaemonProcess daemon) throws Exception {
        String session = HttpPeer.at(daemon.port())
                .post(able(Messages.initialize("init")))
                .headers()
                .firstValue(HttpPeer.SESSION)
                .orElseThrow();
        sessions.add(session);
        return session;
    }

    /** By its own figures: nothing but the connection that asks, and the session of that. */
    private static void assertIdle(DaemonProcess daemon) throws Exception {
        try (OpSocket asking = OpSocket.greeted(daemon.port())) {
            Await.until(
                    "it is idle",
                    PATIENCE,
                    () -> asking.ask(OpSocket.message("health")).path("health"),
                    health -> health.path("sessions").asInt() == 1
                            && health.path("sessions_in_memory").asInt(9) <= 1
                            && health.path("running").asInt(9) == 0);
        }
    }

    /** When the idle time has passed nobody can have one of the sessions back, and a new client is served at once. */
    private void assertForgotten(DaemonProcess daemon) throws Exception {
        Await.passed(System.nanoTime(), IDLE.plusSeconds(3));
        for (String session : sessions) {
            assertThat(RawClient.knock(daemon.port(), "/mcp/ws?session=" + session)
                            .status())
                    .as("a session of %s", sessions.size())
                    .isEqualTo(404);
        }
        try (RawClient fresh = RawClient.connect(daemon.port())) {
            fresh.ask(Messages.initialize(1));
            JsonNode answer = fresh.ask(Messages.call(2, "test_simple_text", WireJson.object()));
            assertThat(answer.path("result").has("content")).isTrue();
        }
    }
}
