package io.exai.server.edge;

import io.exai.server.session.SessionCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Calls that a connection has told its session and that have no answer. When the session's node is lost that may be lost
 * with it, and is told again: a session that has it does nothing twice, one that has not asks back.
 */
final class Pending {
    /** What was told later than this is still on its way, in nanoseconds. */
    private static final long ON_ITS_WAY = 500_000_000L;

    private final SessionGate sessions;
    private final LongSupplier ticker;
    private final Map<String, Told> waiting = new LinkedHashMap<>();

    private record Told(String sessionId, SessionCommand.Call call, long at, boolean again) {
        Told first(long now) {
            return new Told(sessionId, call, now, false);
        }

        Told repeated() {
            return new Told(sessionId, call, at, true);
        }
    }

    Pending(SessionGate sessions) {
        this(sessions, System::nanoTime);
    }

    /** {@code ticker} counts nanoseconds. */
    Pending(SessionGate sessions, LongSupplier ticker) {
        this.sessions = sessions;
        this.ticker = ticker;
    }

    /** {@code name} is what the answer goes by. */
    void tell(String name, String sessionId, SessionCommand.Call call) {
        waiting.put(name, new Told(sessionId, call, ticker.getAsLong(), false));
        sessions.tell(sessionId, call);
    }

    /** The session does not know what it was told again: if the answer is still wanted, the call begins now. */
    void unheard(String name) {
        Told told = waiting.get(name);
        if (told != null && told.again()) {
            waiting.put(name, told.first(ticker.getAsLong()));
            sessions.tell(told.sessionId(), told.call());
        }
    }

    void answered(String name) {
        waiting.remove(name);
    }

    void forget() {
        waiting.clear();
    }

    /** In the order it was told first; not what was told just now. */
    void tellAgain() {
        long now = ticker.getAsLong();
        waiting.replaceAll((name, told) -> now - told.at() > ON_ITS_WAY ? told.repeated() : told);
        tellRepeated();
    }

    /** Even what was told just now: the session has lost what it had not done. */
    void tellAllAgain() {
        waiting.replaceAll((name, told) -> told.repeated());
        tellRepeated();
    }

    private void tellRepeated() {
        waiting.values().stream()
                .filter(Told::again)
                .forEach(told -> sessions.tell(told.sessionId(), new SessionCommand.Retold(told.call())));
    }

    boolean isWaiting(String name) {
        return waiting.containsKey(name);
    }

    int size() {
        return waiting.size();
    }
}
