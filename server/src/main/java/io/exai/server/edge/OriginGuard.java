package io.exai.server.edge;

import io.exai.server.setting.HttpSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of other sites out: the Host must be one of ours (DNS rebinding), the Origin, when there is one, of
 * one of our hosts or allowed by name (cross-site WebSocket hijacking).
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#security-warning">MCP, security
 *     warning</a>
 */
final class OriginGuard {
    private static final String ANY = "*";

    private final Set<String> hosts = new HashSet<>();
    private final List<String> origins;

    OriginGuard(HttpSettings settings) {
        settings.allowedHosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        hosts.add(settings.host().toLowerCase(Locale.ROOT));
        this.origins = settings.allowedOrigins().stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Why the request must not come in, if so. */
    Optional<String> refusal(@Nullable String host, @Nullable String origin) {
        if (host == null || !isOurs(hostName("//" + host))) {
            return Optional.of("Host: " + shown(host) + " (expected: a name in exai.http.allowed-hosts)");
        }
        if (origin != null && !isAllowed(origin.toLowerCase(Locale.ROOT))) {
            return Optional.of("Origin: " + shown(origin) + " (expected: one in exai.http.allowed-origins)");
        }
        return Optional.empty();
    }

    private boolean isAllowed(String origin) {
        return origins.contains(ANY)
                || origins.contains(origin)
                || (!origin.equals("null") && isOurs(hostName(origin)));
    }

    private boolean isOurs(@Nullable String name) {
        return hosts.contains(ANY) || (name != null && hosts.contains(name));
    }

    private static @Nullable String hostName(String text) {
        try {
            String host = new URI(text).getHost();
            return host == null ? null : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException notOne) {
            return null;
        }
    }

    private static String shown(@Nullable String value) {
        return value == null ? "missing" : value.length() > 100 ? value.substring(0, 100) + "..." : value;
    }
}
