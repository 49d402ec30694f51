package io.exai.persistence.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.exai.persistence.Durable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a session. On disk for years: add components, never rename or remove them, never give a name in this
 * list to another event.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "e")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SessionEvent.SessionOpened.class, name = "opened"),
    @JsonSubTypes.Type(value = SessionEvent.ClientAttached.class, name = "attached"),
    @JsonSubTypes.Type(value = SessionEvent.ClientDetached.class, name = "detached"),
    @JsonSubTypes.Type(value = SessionEvent.CallAccepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = SessionEvent.CallRepeated.class, name = "repeated"),
    @JsonSubTypes.Type(value = SessionEvent.CallContinued.class, name = "continued"),
    @JsonSubTypes.Type(value = SessionEvent.CallAnswered.class, name = "answered"),
    @JsonSubTypes.Type(value = SessionEvent.CallFailed.class, name = "failed"),
    @JsonSubTypes.Type(value = SessionEvent.CallRefused.class, name = "refused"),
    @JsonSubTypes.Type(value = SessionEvent.CallRejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = SessionEvent.CallCancelled.class, name = "cancelled"),
    @JsonSubTypes.Type(value = SessionEvent.SubscriptionsChanged.class, name = "subscriptions"),
    @JsonSubTypes.Type(value = SessionEvent.LogLevelSet.class, name = "loglevel"),
    @JsonSubTypes.Type(value = SessionEvent.SessionTouched.class, name = "touched"),
    @JsonSubTypes.Type(value = SessionEvent.AnswersAcknowledged.class, name = "acknowledged"),
    @JsonSubTypes.Type(value = SessionEvent.SessionExpired.class, name = "expired")
})
public sealed interface SessionEvent extends Durable {
    /** When it happened, by the clock of the node that wrote it. */
    Instant at();

    /** The state after this event; total, without a clock or side effects. */
    SessionState applyTo(SessionState state);

    /** The session began, for one principal; one that clients cannot name may begin again after its end. */
    record SessionOpened(String principal, Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession ? state : OpenSession.begin(principal, at);
        }
    }

    /**
     * A client's connection took the session over; client and revision are empty, and capabilities null, when it has not
     * told them.
     */
    record ClientAttached(
            String connection,
            String client,
            String revision,
            Instant at,
            @Nullable String capabilities) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open ? open.attached(this) : state;
        }
    }

    /** The connection went away; the session and its running calls go on. */
    record ClientDetached(String connection, long acknowledged, Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open ? open.detached(connection, acknowledged, at) : state;
        }
    }

    /** A call was taken on: from here on it ends exactly once. */
    record CallAccepted(
            String requestId,
            String tool,
            Payload arguments,
            String fingerprint,
            @Nullable String progressToken,
            String revision,
            long acknowledged,
            Instant at,
            @Nullable String stream,
            @Nullable String context,
            @Nullable TaskTerms task)
            implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open ? open.accepted(this) : state;
        }
    }

    /** The process died while the call ran, and it was started again. */
    record CallRepeated(String requestId, int attempt, Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open ? open.repeated(requestId, attempt) : state;
        }
    }

    /** The client gave what the call had asked it for; the call goes on with the new context. */
    record CallContinued(String requestId, String context, Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open ? open.continued(requestId, context) : state;
        }
    }

    /** The call ended with a JSON-RPC error object, instead of an answer of the tool. */
    record CallRejected(String requestId, Payload error, Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open
                    ? open.finished(requestId, error, null, CallOutcome.REJECTED, at)
                    : state;
        }
    }

    /** The resources whose changes the client wants to hear of, all of them. */
    record SubscriptionsChanged(List<String> uris, Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open ? open.subscribed(uris) : state;
        }
    }

    /** The client wants log messages from that level on. */
    record LogLevelSet(String level, Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open ? open.logging(level) : state;
        }
    }

    /** The tool answered, be it that it failed. */
    record CallAnswered(String requestId, Payload answer, Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open
                    ? open.finished(requestId, answer, null, CallOutcome.ANSWERED, at)
                    : state;
        }
    }

    /** The call ended without an answer of the tool. */
    record CallFailed(String requestId, Failure failure, Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open
                    ? open.finished(requestId, null, failure, CallOutcome.FAILED, at)
                    : state;
        }
    }

    /** The call was accepted but never started, and its id is free again: the client may send it once more. */
    record CallRefused(String requestId, Failure failure, Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open ? open.refused(requestId, at) : state;
        }
    }

    /** The client withdrew the call; it gets no answer. */
    record CallCancelled(String requestId, String reason, Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open
                    ? open.finished(requestId, null, null, CallOutcome.CANCELLED, at)
                    : state;
        }
    }

    /** The client is still there, though it calls nothing. */
    record SessionTouched(Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open ? open.touched(at) : state;
        }
    }

    /** The client has all answers up to that sequence number. */
    record AnswersAcknowledged(long upTo, Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open ? open.acknowledged(upTo) : state;
        }
    }

    /** Nobody used the session for too long. */
    record SessionExpired(Instant at) implements SessionEvent {
        @Override
        public SessionState applyTo(SessionState state) {
            return state instanceof OpenSession open ? new SessionState.Ended(open.principal(), at) : state;
        }
    }
}
