package io.exai.server.change;

import io.exai.cluster.ClusterMessage;
import org.jspecify.annotations.Nullable;

/**
 * One task as it stands.
 *
 * @param status working, input_required, completed, failed or cancelled
 * @param message one line about the status
 * @param createdAt ISO 8601, as {@code updatedAt}
 * @param ttlMillis how long it is kept after its creation
 * @param inputRequests JSON text of an object from key to request, when the status is input_required
 * @param result JSON text of the call's result, when the status is completed
 * @param error JSON text of a JSON-RPC error object, when the status is failed
 */
public record TaskView(
        String taskId,
        String status,
        @Nullable String message,
        String createdAt,
        String updatedAt,
        long ttlMillis,
        @Nullable String inputRequests,
        @Nullable String result,
        @Nullable String error)
        implements ClusterMessage {
    /** The same without what it waits for or came to. */
    public TaskView bare() {
        return new TaskView(taskId, status, message, createdAt, updatedAt, ttlMillis, null, null, null);
    }

    /** The same with this outcome; null while that is still to be read. */
    public TaskView completed(@Nullable String newResult) {
        return new TaskView(taskId, "completed", null, createdAt, updatedAt, ttlMillis, null, newResult, null);
    }

    /** The same with this failure, for a person and as a JSON-RPC error object. */
    public TaskView failed(@Nullable String why, @Nullable String newError) {
        return new TaskView(taskId, "failed", why, createdAt, updatedAt, ttlMillis, null, null, newError);
    }

    /** Whether nothing about it changes any more. */
    public boolean isOver() {
        return !status.equals("working") && !status.equals("input_required");
    }
}
