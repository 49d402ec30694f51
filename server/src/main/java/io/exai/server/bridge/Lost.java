package io.exai.server.bridge;

import io.exai.protocol.frame.CloseCode;
import java.net.ConnectException;
import java.net.http.WebSocketHandshakeException;
import java.util.Set;

/** Why there is no connection, by what is to be done about it. */
sealed interface Lost {
    /** For people. */
    String why();

    /** The same session can be had back. */
    record Again(String why) implements Lost {}

    /** As {@link Again}, and nobody listens there at all. */
    record Absent(String why) implements Lost {}

    /** The daemon does not know the session. */
    record Forgotten(String why) implements Lost {}

    /** The daemon takes no message as large as one that it was sent. */
    record TooBig(String why) implements Lost {}

    /** No attempt will succeed. */
    record Refused(String why) implements Lost {}

    /** Answers to an upgrade that may be different the next time; 101 is one that was cut. */
    Set<Integer> PASSING = Set.of(101, 408, 425, 429, 500, 502, 503, 504);

    /** The daemon, or the network, has ended a connection. */
    static Lost closed(int code, String reason) {
        String why = "closed with " + code + (reason.isEmpty() ? "" : ", " + reason);
        if (code == CloseCode.NORMAL.code()) {
            return new Refused("the daemon ended the connection: " + (reason.isEmpty() ? why : reason));
        } else if (code == CloseCode.POLICY.code()) {
            return reason.startsWith("Session not found")
                    ? new Forgotten(why)
                    : new Refused("the daemon refuses this client: " + reason);
        }
        return code == CloseCode.TOO_BIG.code() ? new TooBig(why) : new Again(why);
    }

    /** An attempt to connect has failed. */
    static Lost failed(Throwable failure, boolean resuming) {
        if (failure instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            return refused(refused.getResponse().statusCode(), resuming);
        }
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return failure instanceof ConnectException ? new Absent("nobody answers there") : new Again(message);
    }

    /** The daemon has answered the upgrade with that status. */
    static Lost refused(int status, boolean resuming) {
        if (status == 404 && resuming) {
            return new Forgotten("HTTP 404");
        } else if (PASSING.contains(status)) {
            return new Again("HTTP " + status);
        }
        return new Refused(
                switch (status) {
                    case 401 -> "the daemon wants another token: HTTP 401 (expected: EXAI_WS_TOKEN or --token-file)";
                    case 403 -> "the daemon does not let this client in: HTTP 403";
                    case 404 -> "there is no daemon of this kind: HTTP 404 (expected: a URL that ends in /mcp/ws)";
                    default -> "the daemon refused the connection: HTTP " + status;
                });
    }
}
