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
 */
public record RunningCall(
        String requestId,
        String tool,
        Payload arguments,
        String fingerprint,
        @Nullable String progressToken,
        String revision,
        int attempt,
        Instant acceptedAt)
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
                call.at());
    }

    RunningCall again(int newAttempt) {
        return new RunningCall(
                requestId, tool, arguments, fingerprint, progressToken, revision, newAttempt, acceptedAt);
    }
}
