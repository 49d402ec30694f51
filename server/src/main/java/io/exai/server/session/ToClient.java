package io.exai.server.session;

import io.exai.cluster.ClusterMessage;
import io.exai.server.change.TaskView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session says to the connection of its client. Ids and tokens are JSON text, answers are JSON objects. */
public sealed interface ToClient extends ClusterMessage {
    /**
     * The connection has the session now.
     *
     * @param resumed whether the session was there before this connection
     * @param revision of MCP that the session's client last named
     * @param subscriptions URIs of the resources whose changes the client wants to hear of
     */
    record Attached(boolean resumed, @Nullable String revision, List<String> subscriptions) implements ToClient {}

    /** The connection does not get the session. */
    record AttachRefused(Refusal why) implements ToClient {}

    /** Why a session cannot be had; unknown, ended and foreign look the same from outside. */
    enum Refusal {
        NOT_FOUND,
        TOO_MANY_SESSIONS
    }

    /**
     * A call has ended.
     *
     * @param sequence position in the outbox; 0 when nothing of the call is kept
     * @param attempts how often the call was started
     * @param answer the result as JSON text; with {@code rejected}, the JSON-RPC error object
     * @param redelivered whether this answer may have been sent before
     */
    record Answered(
            String requestId,
            String revision,
            long sequence,
            String answer,
            boolean rejected,
            int attempts,
            boolean redelivered)
            implements ToClient {}

    /** The call is a task, written down before this is sent: its answer is fetched by the task's id. */
    record TaskStarted(String requestId, String revision, TaskView task) implements ToClient {}

    /** The session has begun anew after a write that failed: what was told to it meanwhile may be lost. */
    record Woken() implements ToClient {}

    /** Nothing more comes on this stream: all its calls have ended. */
    record StreamEnded() implements ToClient {}

    /** The daemon wants the stream closed now and the client to come back for the rest. */
    record StreamClosing() implements ToClient {}

    /**
     * A running call asks its client.
     *
     * @param id JSON text, unique in the session
     * @param params JSON text
     */
    record Asked(String id, String method, String params, String revision) implements ToClient {}

    /**
     * A running call logs.
     *
     * @param data JSON text
     */
    record Logged(String level, @Nullable String logger, String data, String revision) implements ToClient {}

    /** The request was not taken on: it breaks the protocol, or its session is no more. */
    record Rejected(String requestId, String why, boolean sessionGone) implements ToClient {}

    /** A call that was told once more is not known here: never taken on, or over and forgotten. */
    record Unheard(String requestId) implements ToClient {}

    /** A running call has something to show. */
    record Progressed(
            String progressToken,
            String revision,
            double progress,
            @Nullable Double total,
            @Nullable String message) implements ToClient {}

    /** A submitted call, or one on a stream, is in the journal: it will have an answer, whatever happens. */
    record TakenOn(String requestId) implements ToClient {}

    /** The work of a submitted call begins, for the first time or again; the daemon gives it up after that long. */
    record Started(String requestId, long timeoutMillis) implements ToClient {}

    /** A call runs already. */
    record Underway(String requestId, String tool) implements ToClient {}

    /** A submitted call was not taken on because an equal one runs under another id. */
    record Duplicate(String requestId, String originalRequestId) implements ToClient {}

    /** A call was to be withdrawn; {@code found} when it ran, and now does not any more. */
    record Withdrawn(String requestId, boolean found) implements ToClient {}

    /** Another connection has taken the session over. */
    record Superseded() implements ToClient {}
}
