package io.exai.server.edge;

import java.util.concurrent.atomic.AtomicInteger;

/** How many WebSockets are open on this node. */
public final class ConnectionCount {
    private final AtomicInteger open = new AtomicInteger();

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    public int now() {
        return open.get();
    }
}
