package io.exai.server.edge;

import java.util.ArrayDeque;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What waits to go out on one connection, in order, and how many bytes that is. Not thread-safe. */
final class Backlog<T> {
    private final ArrayDeque<T> waiting = new ArrayDeque<>();
    private final ToLongFunction<T> size;
    private long bytes;

    /** {@code size} is that of one piece, in bytes. */
    Backlog(ToLongFunction<T> size) {
        this.size = size;
    }

    void add(T piece) {
        waiting.add(piece);
        bytes += size.applyAsLong(piece);
    }

    /** Takes the oldest piece; null when there is none. */
    @Nullable
    T poll() {
        T next = waiting.poll();
        if (next != null) {
            bytes -= size.applyAsLong(next);
        }
        return next;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    long bytes() {
        return bytes;
    }
}
