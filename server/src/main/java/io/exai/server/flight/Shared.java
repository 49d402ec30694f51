package io.exai.server.flight;

import java.util.Locale;

/** Where an answer came from that was not made for the call that got it. */
enum Shared {
    /** Kept by the session's own node. */
    MEMORY,
    /** Kept by the node where the tower of this key is. */
    FLIGHT,
    /** Kept in the database. */
    STORE,
    /** Of a run that was under way. */
    JOINED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
