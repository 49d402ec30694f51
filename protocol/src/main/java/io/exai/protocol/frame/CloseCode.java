package io.exai.protocol.frame;

/** Why the daemon closes a WebSocket (RFC 6455 section 7.4 and the IANA registry); from 4000 on, the daemon's own. */
public enum CloseCode {
    NORMAL(1000),
    GOING_AWAY(1001),
    PROTOCOL_ERROR(1002),
    BINARY_NOT_ACCEPTED(1003),
    INVALID_UTF8(1007),
    POLICY(1008),
    TOO_BIG(1009),
    INTERNAL_ERROR(1011),
    /** Reconnect to any node: this one is restarting or has lost the cluster. */
    SERVICE_RESTART(1012),
    /** Reconnect later: this client reads more slowly than it is answered, or the daemon is full. */
    TRY_AGAIN_LATER(1013),
    /** The first message has an {@code op}, but is no hello that can be read. */
    INVALID_HELLO(4000),
    /** The first message has an {@code op}, but another one than hello. */
    MISSING_HELLO(4001),
    /** No hello in time. */
    HELLO_TIMEOUT(4002),
    /** The token is wrong, or has been replaced. */
    UNAUTHORIZED(4003);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
