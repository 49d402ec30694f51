package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls over HTTP, and large ones, between nodes; and nodes that die or freeze meanwhile. */
@Timeout(240)
class ClusterHttpIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LATEST = "2025-11-25";

    /** Sessions, so that every node is sure to have some. */
    private static final int MANY = 12;

    @TempDir
    private static Path folder;

    private static Cluster cluster;

    @BeforeAll
    static void form() throws Exception {
        cluster = Cluster.start(3, folder, Duration.ofSeconds(2), Map.of("EXAI_WS_GLOBAL_MAX_INFLIGHT", "400"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    /** As many characters as chat takes, of three bytes each; the model echoes the first 2,000. */
    @Test
    void carriesLargeCallsAndAnswersFromAnyNodeToAny() throws Exception {
        HttpPeer peer = HttpPeer.initialized(cluster.node(0).port(), LATEST);
        for (int node = 0; node < 3; node++) {
            String prompt = node + "\u20ac".repeat(99_999);
            JsonNode answer =
                    HttpPeer.message(peer.at(cluster.node(node)).post(Messages.chat("large " + node, prompt)));
            assertThat(Messages.text(answer)).contains(prompt.substring(0, 2_000));
        }
    }

    @Test
    void keepsTheStreamsOfClientsWhenAnotherNodeIsKilled() throws Exception {
        List<EventReader> streams = open(peers(cluster.node(2), cluster.node(0)), "owner killed");
        cluster.node(2).kill();
        for (EventReader stream : streams) {
            assertThat(Messages.text(stream.answer())).contains("owner killed");
            stream.awaitEnd();
        }
        cluster.node(2).restart();
        cluster.awaitReady();
    }

    @Test
    void keepsTheStreamsThatClientsCameBackTo() throws Exception {
        List<EventReader> resumed = new ArrayList<>();
        for (HttpPeer peer : peers(cluster.node(2), cluster.node(0))) {
            EventReader cut = peer.open(Messages.chat(1, "resumed " + resumed.size()));
            cut.event();
            cut.close();
            resumed.add(peer.with("Last-Event-ID", cut.lastId()).listen());
        }
        cluster.node(2).kill();
        for (int number = 0; number < MANY; number++) {
            assertThat(Messages.text(resumed.get(number).answer())).endsWith("resumed " + number);
        }
        cluster.node(2).restart();
        cluster.awaitReady();
    }

    @Test
    void deliversThroughAnotherNodeWhatAKilledOneWasToDeliver() throws Exception {
        List<HttpPeer> peers = peers(cluster.node(0), cluster.node(1));
        List<EventReader> streams = new ArrayList<>();
        for (HttpPeer peer : peers) {
            EventReader stream = peer.open(Messages.chat(1, "edge killed " + streams.size()));
            stream.event();
            streams.add(stream);
        }
        cluster.node(1).kill();
        for (int number = 0; number < MANY; number++) {
            streams.get(number).awaitEnd();
            HttpPeer elsewhere = peers.get(number)
                    .at(cluster.node(number % 2 * 2))
                    .with("Last-Event-ID", streams.get(number).lastId());
            try (EventReader again = elsewhere.listen()) {
                JsonNode answer = again.answer();
                assertThat(answer.path("id").asInt()).isEqualTo(1);
                assertThat(Messages.text(answer)).endsWith("edge killed " + number);
            }
        }
        cluster.node(1).restart();
        cluster.awaitReady();
    }

    /** It wakes up in a cluster that has gone on without it. */
    @Test
    void goesOnWithoutANodeThatFreezes() throws Exception {
        DaemonProcess frozen = cluster.node(2);
        try (Fleet fleet = Fleet.connect("frozen", MANY, frozen, cluster.node(0))) {
            fleet.ask(2);
            signal("STOP", frozen);
            fleet.awaitAnswers(2 * MANY, PATIENCE);
            signal("CONT", frozen);
            Await.until("ended", PATIENCE, frozen::isAlive, alive -> !alive);
            fleet.ask(1);
            fleet.awaitAnswers(3 * MANY, PATIENCE);
            assertThat(fleet.callers())
                    .allSatisfy(caller -> assertThat(caller.ids())
                            .allSatisfy(id -> assertThat(caller.answersTo(id)).hasSize(1)));
            for (Caller caller : fleet.callers()) {
                for (String id : caller.ids()) {
                    assertThat(cluster.sandbox().visits(caller.promptOf(id)))
                            .hasSizeBetween(1, caller.answersTo(id).get(0).attempts());
                }
            }
        }
        frozen.restart();
        cluster.awaitReady();
    }

    private static List<EventReader> open(List<HttpPeer> peers, String prompt) throws Exception {
        List<EventReader> streams = new ArrayList<>();
        for (HttpPeer peer : peers) {
            streams.add(peer.open(Messages.chat(1, prompt + ' ' + streams.size())));
        }
        return streams;
    }

    /** Sessions live on the node where they begin, whichever they are used through. */
    private static List<HttpPeer> peers(DaemonProcess owner, DaemonProcess edge) throws Exception {
        List<HttpPeer> peers = new ArrayList<>();
        for (int number = 0; number < MANY; number++) {
            peers.add(HttpPeer.initialized(owner.port(), LATEST).at(edge));
        }
        return peers;
    }

    private static void signal(String name, DaemonProcess node) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(node.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
