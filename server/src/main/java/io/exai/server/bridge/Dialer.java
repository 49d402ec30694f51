package io.exai.server.bridge;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Opens connections to the daemon, of the session that it knows of. */
final class Dialer {
    private static final Duration HANDSHAKE = Duration.ofSeconds(15);
    private static final String SUBPROTOCOL = "mcp";

    private final BridgeSettings settings;
    private final SessionHeader header = new SessionHeader();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(header).build();
    private @Nullable String session;

    Dialer(BridgeSettings settings) {
        this.settings = settings;
        this.session = settings.sessionId();
    }

    /** Whether the next connection asks for a session that was there before. */
    boolean isResuming() {
        return session != null;
    }

    /** The session to ask for from now on. */
    void remember(String sessionId) {
        session = sessionId;
    }

    /** Asks for a new session from now on. */
    void forget() {
        session = null;
    }

    /** A new session has been had: the one that the daemon has just named. */
    void learn() {
        session = header.latest();
    }

    CompletionStage<WebSocket> dial(Wire wire) {
        WebSocket.Builder builder =
                http.newWebSocketBuilder().subprotocols(SUBPROTOCOL).connectTimeout(HANDSHAKE);
        if (!settings.token().isEmpty()) {
            builder.header("Authorization", "Bearer " + settings.token());
        }
        return builder.buildAsync(target(), wire);
    }

    private URI target() {
        if (session == null) {
            return settings.url();
        }
        String separator = settings.url().getRawQuery() == null ? "?" : "&";
        return URI.create(settings.url() + separator + "session=" + session);
    }

    /** The failure under the wrapper that a future may add. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
