package io.exai.protocol.mcp;

import java.util.Set;

/** Names of the requests and notifications that the daemon understands, by era. */
public final class Methods {
    public static final String INITIALIZE = "initialize";
    public static final String PING = "ping";
    public static final String DISCOVER = "server/discover";
    public static final String TOOLS_LIST = "tools/list";
    public static final String TOOLS_CALL = "tools/call";
    public static final String CANCELLED = "notifications/cancelled";
    public static final String PROGRESS = "notifications/progress";

    private static final Set<String> LEGACY = Set.of(INITIALIZE, PING, TOOLS_LIST, TOOLS_CALL);
    private static final Set<String> MODERN = Set.of(DISCOVER, TOOLS_LIST, TOOLS_CALL);

    private Methods() {}

    /** Whether a request of that name is answered in that era. */
    public static boolean isKnown(Era era, String method) {
        return (era == Era.LEGACY ? LEGACY : MODERN).contains(method);
    }
}
