package io.exai.persistence.session;

import io.exai.persistence.Durable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that has ended; kept until the client has its answer, and some while longer in case it asks again.
 *
 * @param sequence position in the session's outbox, from 1; answers are delivered in this order
 * @param answer set when the outcome is ANSWERED, and the error object when it is REJECTED
 * @param failure set when the outcome is FAILED
 * @param stream the response stream that the request came on
 * @param task set when the call was a task: then its answer is fetched, not delivered
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
        Instant at,
        @Nullable String stream,
        @Nullable TaskTerms task)
        implements Durable {}
