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

    private record Told(String sessionId, SessionCommand command) {}

    Pending(SessionGate sessions) {
        this.sessions = sessions;
    }

    /** {@code name} is what the answer goes by. */
    void tell(String name, String sessionId, SessionCommand command) {
        waiting.put(name, new Told(sessionId, command));
        sessions.tell(sessionId, command);
    }

    void answered(String name) {
        waiting.remove(name);
    }

    void forget() {
        waiting.clear();
    }

    /** In the order it was told first. */
    void tellAgain() {
        waiting.values().forEach(told -> sessions.tell(told.sessionId(), told.command()));
    }

    boolean isWaiting(String name) {
        return waiting.containsKey(name);
    }

    int size() {
        return waiting.size();
    }
}
