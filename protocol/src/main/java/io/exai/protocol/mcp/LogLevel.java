package io.exai.protocol.mcp;

import java.util.List;

/**
 * The levels of log messages, as in syslog (RFC 5424).
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/logging">MCP, logging</a>
 */
public final class LogLevel {
    /** From the least to the most urgent. */
    public static final List<String> ALL =
            List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

    private LogLevel() {}

    public static boolean isKnown(String level) {
        return ALL.contains(level);
    }

    /** Whether a message of that level is wanted by somebody who wants {@code least} and above. */
    public static boolean reaches(String level, String least) {
        return ALL.indexOf(level) >= ALL.indexOf(least);
    }
}
