package io.exai.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session can be had back by its owner, in three ways, and by nobody else. */
@Timeout(60)
class ResumeIT {
    private static final String ALICE = "Authorization: Bearer alice-alice-alice";
    private static final String BOB = "Authorization: Bearer bob-bob-bob-bob-bob";
    private static final String UNKNOWN = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final int SESSION_NOT_FOUND = -32001;

    @RegisterExtension
    private static final Stand STAND = Stand.of(
                    Map.of(),
                    "-D",
                    "exai.security.tokens.alice=alice-alice-alice",
                    "-D",
                    "exai.security.tokens.bob=bob-bob-bob-bob-bob")
            .asking("--latency", "2s");

    @Test
    void tellsTheSameIdInTheUpgradeAndInInitialize() throws Exception {
        try (RawClient client = alice("/mcp/ws")) {
            JsonNode initialized = client.ask(Messages.initialize(0));
            assertThat(client.sessionId()).hasSize(43);
            assertThat(Messages.meta(initialized, "sessionId").asText()).isEqualTo(client.sessionId());
            assertThat(Messages.meta(initialized, "resumed").asBoolean()).isFalse();
        }
    }

    @Test
    void resumesByQuery() throws Exception {
        String id = session();
        try (RawClient again = alice("/mcp/ws?session=" + id)) {
            assertResumed(again, again.ask(Messages.initialize(1)), id);
        }
    }

    @Test
    void resumesByHeader() throws Exception {
        String id = session();
        try (RawClient again = RawClient.connect(STAND.port(), "/mcp", ALICE, "Mcp-Session-Id: " + id)) {
            assertResumed(again, again.ask(Messages.initialize(1)), id);
        }
    }

    @Test
    void resumesByInitialize() throws Exception {
        String id = session();
        try (RawClient again = alice("/ws")) {
            JsonNode initialized = again.ask(Messages.initialize(1, id));
            assertThat(Messages.meta(initialized, "sessionId").asText()).isEqualTo(id);
            assertThat(Messages.meta(initialized, "resumed").asBoolean()).isTrue();
        }
    }

    @Test
    void servesAResumedSessionInItsRevisionWithoutAnotherHandshake() throws Exception {
        String id = session();
        try (RawClient again = alice("/mcp/ws?session=" + id)) {
            JsonNode answer = again.ask(Messages.chat(2, "no second handshake"));
            assertThat(Messages.text(answer)).isEqualTo("[sandbox] You said: no second handshake");
        }
    }

    @Test
    void deliversWhatWasAnsweredWhileNobodyWasThere() throws Exception {
        String id;
        try (RawClient client = RawClient.deaf(STAND.port(), "/mcp/ws", ALICE)) {
            client.send(Messages.initialize(0));
            id = client.sessionId();
            client.send(Messages.chat(1, "left alone"));
            awaitOutcome("left alone", "running");
        }
        awaitOutcome("left alone", "ok");
        try (RawClient again = alice("/mcp/ws?session=" + id)) {
            assertThat(Messages.text(again.answer(1))).isEqualTo("[sandbox] You said: left alone");
        }
    }

    @Test
    void deliversTheAnswerOfACallThatStillRunsToTheNextConnection() throws Exception {
        try (RawClient client = alice("/")) {
            client.ask(Messages.initialize(0));
            client.send(Messages.chat("in flight", "handed over"));
            awaitOutcome("handed over", "running");
            try (RawClient again = alice("/mcp/ws?session=" + client.sessionId())) {
                JsonNode answer = again.answer("in flight");
                assertThat(Messages.text(answer)).isEqualTo("[sandbox] You said: handed over");
                assertThat(Messages.meta(answer, "redelivered").asBoolean()).isFalse();
                assertThat(client.closeCode()).isEqualTo(1000);
            }
        }
        assertThat(STAND.sandbox().visits("handed over")).hasSize(1);
    }

    @Test
    void closesTheSupersededConnection() throws Exception {
        try (RawClient client = alice("/mcp/ws")) {
            client.ask(Messages.initialize(0));
            try (RawClient again = alice("/mcp/ws")) {
                again.ask(Messages.initialize(0, client.sessionId()));
                assertThat(client.closeCode()).isEqualTo(1000);
                assertThat(again.ask(Messages.ping(1)).has("result")).isTrue();
            }
        }
    }

    @Test
    void refusesMalformedUnknownAndForeignIdsAlikeBeforeTheUpgrade() throws Exception {
        HttpReply foreign = knockAsBob("/mcp/ws?session=" + session());
        HttpReply unknown = knockAsBob("/mcp/ws?session=" + UNKNOWN);
        HttpReply malformed = knockAsBob("/mcp/ws?session=../../etc");
        HttpReply byHeader = RawClient.knock(STAND.port(), "/mcp/ws", BOB, "Mcp-Session-Id: " + session());
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(unknown.body());
        assertThat(malformed.body()).isEqualTo(unknown.body());
        assertThat(byHeader.body()).isEqualTo(unknown.body());
        assertThat(withoutDate(foreign)).isEqualTo(withoutDate(unknown)).isEqualTo(withoutDate(malformed));
    }

    @Test
    void refusesMalformedUnknownAndForeignIdsAlikeInInitialize() throws Exception {
        String foreign = refusalAsBob(session());
        assertThat(foreign).contains(String.valueOf(SESSION_NOT_FOUND));
        assertThat(foreign).isEqualTo(refusalAsBob(UNKNOWN)).isEqualTo(refusalAsBob("../../etc"));
    }

    @Test
    void keepsTheSessionWithItsOwnerWhenAStrangerAsksForIt() throws Exception {
        try (RawClient client = alice("/mcp/ws")) {
            client.ask(Messages.initialize(0));
            refusalAsBob(client.sessionId());
            assertThat(client.ask(Messages.ping(1)).has("result")).isTrue();
            assertThat(Messages.text(client.ask(Messages.chat(2, "still mine"))))
                    .endsWith("still mine");
        }
    }

    @Test
    void letsNobodyInWithoutAKnownToken() throws Exception {
        assertThat(RawClient.knock(STAND.port(), "/mcp/ws").status()).isEqualTo(401);
        assertThat(RawClient.knock(STAND.port(), "/mcp/ws", "Authorization: Basic alice-alice-alice")
                        .status())
                .isEqualTo(401);
        HttpReply wrong = RawClient.knock(STAND.port(), "/mcp/ws", "Authorization: Bearer alice-alice-alicf");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("WWW-Authenticate")).startsWith("Bearer");
    }

    private static RawClient alice(String path) throws Exception {
        return RawClient.connect(STAND.port(), path, ALICE);
    }

    private static String session() throws Exception {
        try (RawClient client = alice("/mcp/ws")) {
            client.ask(Messages.initialize(0));
            return client.sessionId();
        }
    }

    private static void assertResumed(RawClient client, JsonNode initialized, String id) {
        assertThat(client.sessionId()).isEqualTo(id);
        assertThat(Messages.meta(initialized, "sessionId").asText()).isEqualTo(id);
        assertThat(Messages.meta(initialized, "resumed").asBoolean()).isTrue();
    }

    private static void awaitOutcome(String prompt, String outcome) throws Exception {
        Await.until(
                prompt + " is " + outcome,
                Duration.ofSeconds(20),
                () -> STAND.sandbox().visits(prompt).stream()
                        .anyMatch(visit -> visit.outcome().equals(outcome)));
    }

    private static HttpReply knockAsBob(String path) throws Exception {
        return RawClient.knock(STAND.port(), path, BOB);
    }

    private static Map<String, String> withoutDate(HttpReply reply) {
        return reply.headers().entrySet().stream()
                .filter(header -> !header.getKey().equals("date"))
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The whole message, as it came. */
    private static String refusalAsBob(String sessionId) throws Exception {
        try (RawClient bob = RawClient.connect(STAND.port(), "/mcp/ws", BOB)) {
            return bob.ask(Messages.initialize(7, sessionId)).toString();
        }
    }
}
