package io.exai.server.bridge;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a bridge behaves.
 *
 * @param url where the daemon listens, {@code ws} or {@code wss}
 * @param token sent as bearer token; empty for none
 * @param sessionId the session to resume at the first connection; null for a new one
 * @param maxBytes longest line, in bytes without its end
 * @param maxUnanswered requests without an answer above which no more input is read
 * @param firstDelay longest wait before the first retry; doubled with each one after
 * @param longestDelay longest wait before any retry
 * @param connectTimeout longest time without a connection; zero for ever
 * @param linger how long answers are waited for after the end of the input
 * @param silence how long a connection may be silent before it counts as dead
 */
public record BridgeSettings(
        URI url,
        String token,
        @Nullable String sessionId,
        int maxBytes,
        int maxUnanswered,
        Duration firstDelay,
        Duration longestDelay,
        Duration connectTimeout,
        Duration linger,
        Duration silence) {
    /** What is out of range, one line each, named as the options of the command. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        String scheme = url.getScheme();
        if (url.getHost() == null || !("ws".equals(scheme) || "wss".equals(scheme)) || url.getFragment() != null) {
            problems.add("--url: " + url + " (expected: such as ws://127.0.0.1:8079/mcp/ws)");
        }
        if (!token.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            problems.add("the token: holds a character that no header may hold (expected: visible ASCII)");
        }
        if (sessionId != null && !sessionId.matches("[A-Za-z0-9_-]{1,128}")) {
            problems.add("EXAI_SESSION_ID: " + sessionId + " (expected: an id that a daemon has given)");
        }
        range(problems, "--max-bytes", maxBytes, 1024, 1 << 30);
        range(problems, "--max-unanswered", maxUnanswered, 1, 100_000);
        range(problems, "--retry-delay", firstDelay, Duration.ofMillis(10), Duration.ofMinutes(1));
        range(problems, "--max-retry-delay", longestDelay, firstDelay, Duration.ofMinutes(10));
        range(problems, "--connect-timeout", connectTimeout, Duration.ZERO, Duration.ofDays(1));
        range(problems, "--linger", linger, Duration.ZERO, Duration.ofMinutes(10));
        range(problems, "--silence", silence, Duration.ofMillis(500), Duration.ofHours(1));
        return problems;
    }

    private static void range(List<String> problems, String name, long value, long least, long most) {
        if (value < least || value > most) {
            problems.add(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    private static void range(List<String> problems, String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add(name + ": " + seconds(value) + " (expected: " + seconds(least) + " to " + seconds(most) + ")");
        }
    }

    private static String seconds(Duration value) {
        return String.valueOf(value.toMillis() / 1000.0).replaceAll("\\.0$", "");
    }

    @Override
    public String toString() {
        return "BridgeSettings[url=" + url + ", token=" + (token.isEmpty() ? "" : "********") + "]";
    }
}
