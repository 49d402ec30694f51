package io.exai.server.edge;

import io.exai.server.session.ToClient;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Answers that a client that came back was sent before it asked for them again. It may ask before it has read that far: such a
 * request has crossed its answer, and needs no second one. Called from one thread at a time.
 */
final class Crossings {
    /** How long a client may take to read what it was sent, in nanoseconds. */
    private static final long WINDOW = 10_000_000_000L;

    private final LongSupplier ticker;
    private final Map<String, Sent> sent = new HashMap<>();
    private boolean expected = true;

    private record Sent(long sequence, long at) {}

    /** {@code ticker} counts nanoseconds. */
    Crossings(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** The client has introduced itself on this connection: whatever it asks from here on, it waits for. */
    void introduced() {
        expected = false;
        sent.clear();
    }

    /** That answer went to the client, which had not asked for it on this connection. */
    void unasked(ToClient.Answered answer) {
        long now = ticker.getAsLong();
        sent.values().removeIf(before -> now - before.at() > WINDOW);
        if (expected && answer.sequence() > 0) {
            sent.put(answer.requestId(), new Sent(answer.sequence(), now));
        }
    }

    /** Whether the client had that very answer on its way when it asked for it. */
    boolean has(ToClient.Answered answer) {
        Sent before = sent.get(answer.requestId());
        return before != null && before.sequence() == answer.sequence() && ticker.getAsLong() - before.at() <= WINDOW;
    }
}
