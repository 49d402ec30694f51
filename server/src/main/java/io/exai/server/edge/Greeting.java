package io.exai.server.edge;

import io.exai.protocol.frame.CloseCode;
import io.exai.protocol.op.OpFrame;
import io.exai.protocol.op.OpPeek;
import io.exai.protocol.op.OpReader;
import io.exai.server.security.Principals;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the first message of a client of the op protocol amounts to. */
sealed interface Greeting {
    /** A hello of that principal, who may name a session to come back to. */
    record Welcome(String principal, Optional<String> sessionId) implements Greeting {}

    /**
     * The conversation ends before it began.
     *
     * @param error what the client is told before the connection closes; null for nothing, to one of another protocol
     */
    record Refused(@Nullable String error, CloseCode code, String reason) implements Greeting {}

    /** {@code limit} bounds the message, in bytes. */
    static Greeting of(byte[] utf8, long limit, Caller caller, Principals principals) {
        if (OpPeek.of(utf8).op() == null) {
            return new Refused(
                    null, CloseCode.POLICY, "no token (expected: hello with one, or an Authorization header)");
        } else if (utf8.length > limit) {
            return invalid();
        }
        OpFrame frame = OpReader.read(utf8);
        if (frame instanceof OpFrame.Hello hello) {
            return of(hello, caller, principals);
        }
        return isUnreadable(frame) ? invalid() : new Refused("missing_hello", CloseCode.MISSING_HELLO, "missing hello");
    }

    /** Whoever has shown a token at the upgrade needs none here, but cannot become somebody else. */
    private static Greeting of(OpFrame.Hello hello, Caller caller, Principals principals) {
        Optional<String> shown = hello.token() == null && caller.isKnown()
                ? Optional.of(caller.principal())
                : principals.identifyToken(hello.token());
        return shown.filter(principal -> !caller.isKnown() || principal.equals(caller.principal()))
                .<Greeting>map(principal -> new Welcome(
                        principal, Optional.ofNullable(hello.sessionId()).filter(SessionIds::isWellFormed)))
                .orElseGet(() -> new Refused("unauthorized", CloseCode.UNAUTHORIZED, "unauthorized"));
    }

    private static Greeting invalid() {
        return new Refused("invalid_hello", CloseCode.INVALID_HELLO, "invalid hello");
    }

    /** A hello with wrong fields, or no JSON to its end. */
    private static boolean isUnreadable(OpFrame frame) {
        return frame instanceof OpFrame.Malformed malformed
                && ("hello".equals(malformed.op())
                        || malformed.error().details().has("parse_error"));
    }
}
