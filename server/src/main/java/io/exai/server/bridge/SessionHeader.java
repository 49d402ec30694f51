package io.exai.server.bridge;

import java.net.CookieHandler;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The session id that the daemon has told in its latest answer to an upgrade. {@link java.net.http.WebSocket} does not
 * show the headers of that answer; a cookie handler is shown all of them.
 */
final class SessionHeader extends CookieHandler {
    private static final String NAME = "Mcp-Session-Id";

    private volatile @Nullable String latest;

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> requestHeaders) {
        return Map.of();
    }

    @Override
    public void put(URI uri, Map<String, List<String>> responseHeaders) {
        latest = responseHeaders.entrySet().stream()
                .filter(header -> NAME.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .findFirst()
                .orElse(null);
    }

    @Nullable
    String latest() {
        return latest;
    }
}
