package io.exai.protocol.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.jsonrpc.RequestId;
import org.jspecify.annotations.Nullable;

/** What one message of a client turned out to be. */
public sealed interface OpFrame {
    /** Begins the conversation; the session id is the one that the client wants back. */
    record Hello(@Nullable String sessionId, @Nullable String token) implements OpFrame {
        @Override
        public String toString() {
            return "Hello[sessionId=********, token=********]";
        }
    }

    /** Runs a tool; the name is without the suffixes that old bridges add. */
    record CallTool(@Nullable RequestId requestId, String name, ObjectNode arguments) implements OpFrame {}

    /** Asks for all tools. */
    record ListTools(@Nullable RequestId requestId) implements OpFrame {}

    /** Asks for figures of the daemon. */
    record Health(@Nullable RequestId requestId) implements OpFrame {}

    /** Asks for a sign of life. */
    record Ping(@Nullable RequestId requestId) implements OpFrame {}

    /** Withdraws a call. */
    record Cancel(RequestId requestId) implements OpFrame {}

    /** Replaces a token. */
    record RotateToken(
            @Nullable RequestId requestId,
            @Nullable String old,
            @Nullable String replacement) implements OpFrame {
        @Override
        public String toString() {
            return "RotateToken[old=********, replacement=********]";
        }
    }

    /** Not a message of this protocol; {@code op} is null when none could be read. */
    record Malformed(@Nullable String op, @Nullable RequestId requestId, OpError error) implements OpFrame {}
}
