package io.exai.persistence.session;

import io.exai.persistence.Durable;
import java.time.Instant;

/**
 * That a call is a task: its client was answered at once and asks for the outcome when it likes.
 *
 * @param ttlMillis how long the outcome is kept after the creation
 */
public record TaskTerms(String taskId, long ttlMillis, Instant createdAt) implements Durable {
    public boolean isOver(Instant now) {
        return now.isAfter(createdAt.plusMillis(ttlMillis));
    }
}
