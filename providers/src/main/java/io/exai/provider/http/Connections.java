package io.exai.provider.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The connections to one vendor: the one used last is used next, one idle for long is not used again. */
final class Connections {
    private static final long MAX_IDLE_NANOS = Duration.ofSeconds(20).toNanos();

    private final Function<Connections, Connection> opener;
    private final int maxIdle;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    Connections(Function<Connections, Connection> opener, int maxIdle) {
        this.opener = opener;
        this.maxIdle = maxIdle;
    }

    /** A connection that nobody else uses. */
    Connection take() {
        for (Connection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (next.usable(MAX_IDLE_NANOS)) {
                return next;
            }
            next.close();
        }
        Connection fresh = opener.apply(this);
        open.add(fresh);
        return fresh;
    }

    void idle(Connection connection) {
        idle.addFirst(connection);
        if (open.size() > maxIdle) {
            closeOldest();
        }
    }

    void closed(Connection connection) {
        open.remove(connection);
        idle.remove(connection);
    }

    void closeAll() {
        open.forEach(Connection::close);
    }

    private void closeOldest() {
        @Nullable Connection oldest = idle.pollLast();
        if (oldest != null) {
            oldest.close();
        }
    }
}
