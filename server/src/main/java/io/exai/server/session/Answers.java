package io.exai.server.session;

import io.exai.persistence.session.CallOutcome;
import io.exai.persistence.session.Failure;
import io.exai.persistence.session.FinishedCall;
import io.exai.protocol.error.ErrorCode;
import io.exai.protocol.json.WireJson;
import io.exai.server.tool.ToolAnswer;
import org.jspecify.annotations.Nullable;

/** What is said of a call that has ended. */
final class Answers {
    private static final Failure UNREADABLE = new Failure(
            ErrorCode.SERVICE_UNAVAILABLE.name(), "the answer is stored but could not be read back", true, 1_000);

    private Answers() {}

    /** Whether the answer must be read from the payload store first. */
    static boolean isStored(FinishedCall call) {
        return call.answer() != null && call.answer().inline() == null;
    }

    /** Of a call whose answer is not stored elsewhere. */
    static ToClient.Answered of(FinishedCall call, boolean redelivered) {
        return of(call, body(call), redelivered);
    }

    /** Of a call whose answer was read back; null when it could not be. */
    static ToClient.Answered read(FinishedCall call, @Nullable String text, boolean redelivered) {
        return of(call, text == null ? error(UNREADABLE) : text, redelivered);
    }

    private static ToClient.Answered of(FinishedCall call, String body, boolean redelivered) {
        boolean rejected = call.outcome() == CallOutcome.REJECTED;
        return new ToClient.Answered(
                call.requestId(), call.revision(), call.sequence(), body, rejected, call.attempt(), redelivered);
    }

    private static String body(FinishedCall call) {
        if (call.answer() != null && call.answer().inline() != null) {
            return call.answer().inline();
        }
        return error(
                call.failure() != null
                        ? call.failure()
                        : new Failure(ErrorCode.CANCELLED.name(), "the client withdrew the call", false, 0));
    }

    /** A failure as the answer that clients see. */
    static String error(Failure failure) {
        return WireJson.write(ToolAnswer.error(
                ErrorCode.valueOf(failure.code()), failure.message(), failure.retryable(), failure.retryAfterMillis()));
    }
}
