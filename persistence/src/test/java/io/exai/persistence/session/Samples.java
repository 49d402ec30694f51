package io.exai.persistence.session;

import io.exai.persistence.Durable;
import io.exai.persistence.conversation.ConversationEvent;
import io.exai.persistence.conversation.ConversationState;
import io.exai.persistence.conversation.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of each durable type, with every component set. */
final class Samples {
    static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    static final TaskTerms TASK = new TaskTerms("t-1", 60_000, AT);

    private Samples() {}

    static List<SessionEvent> events() {
        return List.of(
                new SessionEvent.SessionOpened("alice", AT),
                new SessionEvent.ClientAttached("c-1", "client 1.0", "2025-11-25", AT, "{}"),
                full("1"),
                new SessionEvent.CallRepeated("1", 2, AT),
                new SessionEvent.CallAnswered("1", Payload.inline("{}", 2), AT),
                new SessionEvent.CallFailed("1", new Failure("TIMEOUT", "late", true, 1000), AT),
                new SessionEvent.CallRefused("1", new Failure("OVER_CAPACITY", "full", true, 1000), AT),
                new SessionEvent.CallCancelled("1", "changed my mind", AT),
                new SessionEvent.CallContinued("1", "{}", AT),
                new SessionEvent.CallRejected("1", Payload.inline("{}", 2), AT),
                new SessionEvent.SubscriptionsChanged(List.of("exai://models"), AT),
                new SessionEvent.LogLevelSet("info", AT),
                new SessionEvent.AnswersAcknowledged(7, AT),
                new SessionEvent.SessionTouched(AT),
                new SessionEvent.ClientDetached("c-1", 7, AT),
                new SessionEvent.SessionExpired(AT));
    }

    static List<SessionState> states() {
        return List.of(
                new SessionState.Fresh(),
                new OpenSession(
                        "alice",
                        "c-1",
                        "client 1.0",
                        true,
                        Map.of("2", RunningCall.of(full("2")).again(2)),
                        List.of(new FinishedCall(
                                "1",
                                1,
                                "f",
                                "2025-11-25",
                                1,
                                CallOutcome.ANSWERED,
                                Payload.stored("ab", 40_000),
                                null,
                                AT,
                                "s",
                                TASK)),
                        0,
                        2,
                        AT,
                        AT,
                        "2025-11-25",
                        List.of("exai://models"),
                        "info",
                        "{}"),
                new SessionState.Ended("alice", AT));
    }

    static List<Durable> conversations() {
        Turn turn = new Turn("k", "chat", "m", "question", "answer", AT);
        return List.of(
                new ConversationEvent.Begun("alice", AT),
                new ConversationEvent.TurnTaken(turn),
                new ConversationEvent.Forgotten(AT),
                new ConversationState.Silent(),
                new ConversationState.Talking("alice", List.of(turn), AT));
    }

    static SessionEvent.CallAccepted full(String requestId) {
        return accepted(requestId, "s", "{}", TASK);
    }

    /** As it comes on a connection. */
    static SessionEvent.CallAccepted accepted(String requestId) {
        return accepted(requestId, null, null, null);
    }

    private static SessionEvent.CallAccepted accepted(
            String requestId, @Nullable String stream, @Nullable String context, @Nullable TaskTerms task) {
        return new SessionEvent.CallAccepted(
                requestId,
                "chat",
                Payload.inline("{\"prompt\":\"hi\"}", 15),
                "f",
                "\"t\"",
                "2025-11-25",
                0,
                AT,
                stream,
                context,
                task);
    }
}
