package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.ToClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a dialogue begins, resumes and ends. */
class McpDialogueTest {
    private static final String OTHER = SessionIds.next();
    private static final String RESUME_OTHER = ",\"_meta\":{\"io.exai/sessionId\":\"" + OTHER + "\"}";

    private final ScriptedClient client = ScriptedClient.fresh();

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 2024-11-05",
        "2025-03-26, 2025-03-26",
        "2025-06-18, 2025-06-18",
        "2025-11-25, 2025-11-25",
        "2026-07-28, 2025-11-25",
        "someday,    2025-11-25",
    })
    void opensASessionAtInitialize(String asked, String answered) {
        client.initialize("0", asked, "");
        assertThat(client.take())
                .containsExactly(new FakeGate.Told(
                        client.sessionId(),
                        new SessionCommand.Attach(
                                ScriptedClient.CONNECTION,
                                ScriptedClient.PRINCIPAL,
                                "c 1",
                                answered,
                                "{}",
                                true,
                                client.self())));
        client.granted(false);
        JsonNode answer = client.answer();
        assertThat(answer.path("id").asInt(-1)).isZero();
        assertThat(answer.path("result").path("protocolVersion").asText()).isEqualTo(answered);
        assertThat(meta(answer).path("io.exai/sessionId").asText()).isEqualTo(client.sessionId());
        assertThat(meta(answer).has("io.exai/resumed")).isFalse();
    }

    @Test
    void answersNothingAndReadsNothingWhileItAttaches() {
        assertThat(client.dialogue().isReady()).isTrue();
        client.initialize("1", "2025-11-25", "");
        assertThat(client.dialogue().isReady()).isFalse();
        assertThat(client.wire().sent()).isEmpty();
        client.granted(false);
        assertThat(client.dialogue().isReady()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"protocolVersion\":7}", "{\"protocolVersion\":null}"})
    void asksAnInitializeForItsRevision(String params) {
        client.requests("1", "initialize", params);
        assertThat(client.errorCode()).isEqualTo(-32602);
        assertThat(client.told()).isEmpty();
        assertThat(client.dialogue().isReady()).isTrue();
    }

    @Test
    void initializesTwiceInTheSameSession() {
        client.initialize("1", "2025-06-18", "");
        client.granted(false);
        client.take();
        client.initialize("2", "2024-11-05", "");
        assertThat(client.told()).singleElement().isInstanceOf(SessionCommand.Attach.class);
        client.granted(true);
        assertThat(client.answer().path("result").path("protocolVersion").asText())
                .isEqualTo("2024-11-05");
    }

    @Test
    void resumesTheSessionThatAnInitializeNames() {
        client.initialize("1", "2025-11-25", RESUME_OTHER);
        assertThat(client.take())
                .containsExactly(new FakeGate.Told(
                        OTHER,
                        new SessionCommand.Attach(
                                ScriptedClient.CONNECTION,
                                ScriptedClient.PRINCIPAL,
                                "c 1",
                                "2025-11-25",
                                "{}",
                                false,
                                client.self())));
        client.granted(true);
        JsonNode answer = client.answer();
        assertThat(meta(answer).path("io.exai/sessionId").asText()).isEqualTo(OTHER);
        assertThat(meta(answer).path("io.exai/resumed").asBoolean()).isTrue();
    }

    @Test
    void goesBackToItsOwnSessionWhenTheNamedOneIsRefused() {
        client.initialize("1", "2025-11-25", RESUME_OTHER);
        client.dialogue().heard(new ToClient.AttachRefused(ToClient.Refusal.NOT_FOUND));
        assertThat(client.errorCode()).isEqualTo(-32001);
        assertThat(client.dialogue().isReady()).isTrue();
        client.take();
        client.initialize("2", "2025-11-25", "");
        assertThat(client.take()).singleElement().satisfies(told -> {
            assertThat(told.sessionId()).isEqualTo(client.sessionId());
            assertThat(((SessionCommand.Attach) told.command()).create()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "\"\"", "\"short\"", "[\"x\"]"})
    void refusesASessionIdThatCannotBeOne(String id) {
        client.initialize("1", "2025-11-25", ",\"_meta\":{\"io.exai/sessionId\":" + id + "}");
        assertThat(client.errorCode()).isEqualTo(-32001);
        assertThat(client.told()).isEmpty();
    }

    @Test
    void leavesItsSessionForAnother() {
        ScriptedClient moving = ScriptedClient.initialized("2025-11-25");
        moving.initialize("2", "2025-11-25", RESUME_OTHER);
        assertThat(moving.take()).extracting(FakeGate.Told::sessionId).containsExactly(moving.sessionId(), OTHER);
        moving.granted(true);
        moving.dialogue().touch();
        assertThat(moving.take()).extracting(FakeGate.Told::sessionId).containsExactly(OTHER);
    }

    @Test
    void tellsThatThereAreTooManySessions() {
        client.initialize("1", "2025-11-25", "");
        client.dialogue().heard(new ToClient.AttachRefused(ToClient.Refusal.TOO_MANY_SESSIONS));
        JsonNode answer = client.answer();
        assertThat(answer.path("error").path("message").asText()).startsWith("Too many sessions");
        client.dialogue().touch();
        assertThat(client.take()).hasSize(1);
    }

    @Test
    void attachesAtOnceWhenTheUpgradeNamedTheSession() {
        ScriptedClient resuming = ScriptedClient.resuming();
        assertThat(resuming.told())
                .singleElement()
                .isInstanceOfSatisfying(
                        SessionCommand.Attach.class,
                        attach -> assertThat(attach.create()).isFalse());
        assertThat(resuming.dialogue().isReady()).isFalse();
        resuming.granted(true);
        assertThat(resuming.dialogue().isReady()).isTrue();
        assertThat(resuming.wire().sent()).isEmpty();
        resuming.initialize("1", "2025-11-25", "");
        resuming.granted(true);
        assertThat(meta(resuming.answer()).path("io.exai/resumed").asBoolean()).isTrue();
    }

    @Test
    void closesWhenTheSessionOfTheUpgradeIsRefused() {
        ScriptedClient resuming = ScriptedClient.resuming();
        resuming.dialogue().heard(new ToClient.AttachRefused(ToClient.Refusal.NOT_FOUND));
        assertThat(resuming.wire().closings()).singleElement().asString().startsWith("1008 Session not found");
    }

    @Test
    void closesWhenAnotherConnectionTakesTheSessionOver() {
        ScriptedClient attached = ScriptedClient.initialized("2025-11-25");
        attached.dialogue().heard(new ToClient.Superseded());
        assertThat(attached.wire().closings()).containsExactly("1000 session resumed on another connection");
        attached.dialogue().touch();
        attached.dialogue().closed();
        assertThat(attached.told()).isEmpty();
    }

    @Test
    void detachesWhenTheConnectionGoes() {
        client.dialogue().closed();
        assertThat(client.told()).as("never attached").isEmpty();
        client.initialize("1", "2025-11-25", "");
        client.dialogue().closed();
        assertThat(client.told()).as("attaching").contains(new SessionCommand.Detach(ScriptedClient.CONNECTION));
        ScriptedClient attached = ScriptedClient.initialized("2025-11-25");
        attached.dialogue().closed();
        assertThat(attached.told()).containsExactly(new SessionCommand.Detach(ScriptedClient.CONNECTION));
    }

    @Test
    void tellsItsSessionThatTheClientIsThereAndWhatHasArrived() {
        client.dialogue().touch();
        assertThat(client.told()).isEmpty();
        ScriptedClient attached = ScriptedClient.initialized("2025-11-25");
        attached.dialogue().touch();
        attached.dialogue().confirmed(7);
        assertThat(attached.told())
                .containsExactly(
                        new SessionCommand.Touch(ScriptedClient.CONNECTION, attached.self()),
                        new SessionCommand.Acknowledge(ScriptedClient.CONNECTION, 7));
    }

    private static JsonNode meta(JsonNode answer) {
        return answer.path("result").path("_meta");
    }
}
