package io.exai.server.edge;

import io.exai.server.session.SessionCommand;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a connection has told its session and has no answer to. When the session's node is lost that may be lost with it,
 * and is told again: a session that has it already says so, and does nothing twice.
 */
final class Pending {
    private final SessionGate sessions;
    private final Map<String, Told> waiting = new LinkedHashMap<>();

    /** What was told later than this is still on its way, in nanoseconds. */
    private static final long ON_ITS_WAY = 500_000_000L;

    private record Told(String sessionId, SessionCommand command, long at) {}

    Pending(SessionGate sessions) {
        this.sessions = sessions;
    }

    /** {@code name} is what the answer goes by. */
    void tell(String name, String sessionId, SessionCommand command) {
        waiting.put(name, new Told(sessionId, command, System.nanoTime()));
        sessions.tell(sessionId, command);
    }

    void answered(String name) {
        waiting.remove(name);
    }

    void forget() {
        waiting.clear();
    }

    /** In the order it was told first; not what was told just now. */
    void tellAgain() {
        long now = System.nanoTime();
        waiting.values().stream()
                .filter(told -> now - told.at() > ON_ITS_WAY)
                .forEach(told -> sessions.tell(told.sessionId(), told.command()));
    }

    boolean isWaiting(String name) {
        return waiting.containsKey(name);
    }

    int size() {
        return waiting.size();
    }
}
