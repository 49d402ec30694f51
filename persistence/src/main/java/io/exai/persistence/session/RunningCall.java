package io.exai.persistence.session;

import io.exai.persistence.Durable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that was accepted and has not ended.
 *
 * @param requestId the client's id as JSON text
 * @param fingerprint digest of tool and arguments: tells a re-sent request from a reused id
 * @param progressToken JSON text of the token, when the client wants progress
 * @param revision MCP revision that the request was written in, and its answer will be
 * @param attempt 1 at first, one more for each restart after a crash
 * @param stream the response stream that the request came on; null when it came on the session's one connection
 * @param context what else the client said that the run needs, as JSON text: its capabilities, its inputs so far
 * @param task set when the call is a task
 */
public record RunningCall(
        String requestId,
        String tool,
        Payload arguments,
        String fingerprint,
        @Nullable String progressToken,
        String revision,
        int attempt,
        Instant acceptedAt,
        @Nullable String stream,
        @Nullable String context,
        @Nullable TaskTerms task)
        implements Durable {
    static RunningCall of(SessionEvent.CallAccepted call) {
        return new RunningCall(
                call.requestId(),
                call.tool(),
                call.arguments(),
                call.fingerprint(),
                call.progressToken(),
                call.revision(),
                1,
                call.at(),
                call.stream(),
                call.context(),
                call.task());
    }

    RunningCall again(int newAttempt) {
        return with(newAttempt, context);
    }

    RunningCall continued(String newContext) {
        return with(attempt, newContext);
    }

    private RunningCall with(int newAttempt, @Nullable String newContext) {
        return new RunningCall(
                requestId,
                tool,
                arguments,
                fingerprint,
                progressToken,
                revision,
                newAttempt,
                acceptedAt,
                stream,
                newContext,
                task);
    }
}
