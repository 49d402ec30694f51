package io.exai.server.session;

import io.exai.persistence.session.Failure;
import io.exai.persistence.session.RunningCall;
import io.exai.protocol.error.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs how calls of a session end, with the session's key and the call to correlate by. What was asked and why it failed
 * is told at debug level only.
 */
final class CallLog {
    private final Logger log;
    private final String session;

    CallLog(Logger log, String session) {
        this.log = log;
        this.session = session;
    }

    void answered(RunningCall call) {
        entry(Level.DEBUG, call).log("call answered");
    }

    void failed(RunningCall call, Failure failure) {
        ErrorCode code = ErrorCode.valueOf(failure.code());
        entry(level(code), call)
                .addKeyValue("code", code.name())
                .addKeyValue("category", code.category())
                .addKeyValue("retryable", failure.retryable())
                .log("call failed");
        log.debug("call {} failed: {}", call.requestId(), failure.message());
    }

    void cancelled(RunningCall call) {
        entry(Level.INFO, call).log("call cancelled by the client");
    }

    void interrupted(int calls, int again) {
        log.atInfo().addKeyValue("session", session).log("{} calls were interrupted, {} are run again", calls, again);
    }

    void expired() {
        log.atInfo().addKeyValue("session", session).log("session expired");
    }

    private LoggingEventBuilder entry(Level level, RunningCall call) {
        return log.atLevel(level)
                .addKeyValue("session", session)
                .addKeyValue("call", call.requestId())
                .addKeyValue("tool", call.tool())
                .addKeyValue("attempt", call.attempt());
    }

    private static Level level(ErrorCode code) {
        return switch (code) {
            case INTERNAL_ERROR, SERVICE_UNAVAILABLE, PROVIDER_ERROR -> Level.ERROR;
            case TOOL_EXECUTION_ERROR, TIMEOUT, OVER_CAPACITY -> Level.WARN;
            default -> Level.INFO;
        };
    }
}
