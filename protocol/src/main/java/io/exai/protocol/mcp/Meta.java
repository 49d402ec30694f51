package io.exai.protocol.mcp;

/**
 * Keys of {@code _meta} and names of extensions: those of MCP and our own.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic">MCP 2026-07-28, base protocol</a>
 */
public final class Meta {
    public static final String FIELD = "_meta";
    public static final String PROTOCOL_VERSION = "io.modelcontextprotocol/protocolVersion";
    public static final String CLIENT_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    public static final String CLIENT_INFO = "io.modelcontextprotocol/clientInfo";
    /** Least level of the log messages that a request of 2026-07-28 wants. */
    public static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";

    public static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";
    /** On what a listen stream carries: the id of the request that opened it. */
    public static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";
    /** The task that a message of 2025-11-25 is about. */
    public static final String RELATED_TASK = "io.modelcontextprotocol/related-task";

    public static final String PROGRESS_TOKEN = "progressToken";
    /** Extension of 2026-07-28: calls that are tasks. */
    public static final String TASKS = "io.modelcontextprotocol/tasks";
    /** Extension of ours: sessions that outlive their connections. */
    public static final String DURABLE_SESSION = "io.exai/durable-session";
    /** The session's id, told at {@code initialize} and {@code server/discover} and accepted at {@code initialize}. */
    public static final String SESSION_ID = "io.exai/sessionId";
    /** A key of the client's choice: the same call again under the same key is joined or answered again, never run again. */
    public static final String IDEMPOTENCY_KEY = "io.exai/idempotencyKey";
    /** True when the session existed before this connection. */
    public static final String RESUMED = "io.exai/resumed";
    /** True on an answer that may have been sent before, on an earlier connection of the session. */
    public static final String REDELIVERED = "io.exai/redelivered";
    /** How often the call was started, when more than once: a process died while it ran. */
    public static final String ATTEMPTS = "io.exai/attempts";
    /** On an answer that was not made for this call alone: where it came from, {@code memory}, {@code flight}, {@code store} or {@code joined}. */
    public static final String SHARED = "io.exai/shared";
    /** Code, category, retryability and retry delay of a failed call. */
    public static final String ERROR = "io.exai/error";

    private Meta() {}
}
