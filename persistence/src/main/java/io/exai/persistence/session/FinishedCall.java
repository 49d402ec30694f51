package io.exai.persistence.session;

import io.exai.persistence.Durable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that has ended; kept until the client has its answer, and some while longer in case it asks again.
 *
 * @param sequence position in the session's outbox, from 1; answers are delivered in this order
 * @param answer set when the outcome is ANSWERED
 * @param failure set when the outcome is FAILED
 */
public record FinishedCall(
        String requestId,
        long sequence,
        String fingerprint,
        String revision,
        int attempt,
        CallOutcome outcome,
        @Nullable Payload answer,
        @Nullable Failure failure,
        Instant at)
        implements Durable {}
