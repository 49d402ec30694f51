package io.exai.protocol.frame;

/** Why the daemon closes a WebSocket (RFC 6455 section 7.4 and the IANA registry). */
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
    TRY_AGAIN_LATER(1013);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
