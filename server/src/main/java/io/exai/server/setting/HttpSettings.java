package io.exai.server.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where the daemon listens and for whom. */
public record HttpSettings(
        String host,
        int port,
        List<String> allowedHosts,
        List<String> allowedOrigins,
        int maxConnections,
        Duration pingInterval,
        Duration closeTimeout,
        boolean legacySse) {
    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        if (host.isBlank()) {
            problems.add(path + ".host: \"\" (expected: a host name or address)");
        }
        Range.check(problems, path + ".port", port, 0, 65_535);
        Range.check(problems, path + ".max-connections", maxConnections, 1, 1_000_000);
        Range.check(problems, path + ".ping-interval", pingInterval, Duration.ofSeconds(1), Duration.ofSeconds(300));
        Range.check(problems, path + ".close-timeout", closeTimeout, Duration.ofMillis(100), Duration.ofSeconds(30));
        return problems;
    }
}
