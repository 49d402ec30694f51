package io.exai.server.tap;

import io.exai.protocol.mcp.Revision;
import io.exai.server.wire.Conversation;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One HTTP request, what it belongs to, and what is spoken on the connection when it became a WebSocket. */
record Exchange(HttpHead head, Conversation conversation, CompletableFuture<Optional<Conversation>> upgraded) {
    private static final Set<String> PATHS = Set.of("/mcp", "/mcp/ws", "/ws", "/", "/sse", "/messages");
    private static final String SESSION = "mcp-session-id";

    /** Finds the conversation by the session or stream that the request names; a modern one names none. */
    static Exchange of(HttpHead head, Transcript transcript) {
        String version = head.header("mcp-protocol-version");
        String target = head.line().get(1);
        boolean isModern = version.compareTo(Revision.R2026_07_28.wireName()) >= 0;
        Conversation conversation = isModern
                ? new Conversation()
                : target.startsWith("/messages") ? transcript.of(target) : transcript.of(head.header(SESSION));
        (isModern ? Optional.of(Revision.R2026_07_28) : Revision.of(version)).ifPresent(conversation::speaks);
        return new Exchange(head, conversation, new CompletableFuture<>());
    }

    /** The conversation, now that the daemon has named the session. */
    Conversation answered(HttpHead response, Transcript transcript) {
        return transcript.of(response.header(SESSION), conversation);
    }

    boolean wantsUpgrade() {
        return head.header("upgrade").equalsIgnoreCase("websocket");
    }

    /** Whether MCP is spoken there. */
    boolean isMcp() {
        return PATHS.contains(head.line().get(1).split("\\?", 2)[0]);
    }
}
