package io.exai.provider.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One remembered request; it ends once, and what it says can be read at any time by anyone. */
final class Entry {
    private final long seq;
    private final Instant arrived;
    private final Dialect dialect;
    private final @Nullable Question question;
    private final @Nullable String idempotencyKey;
    private volatile @Nullable Ending ending;

    /** When and how a request ended. */
    record Ending(Instant at, Outcome outcome) {}

    Entry(long seq, Instant arrived, Dialect dialect, @Nullable Question question, @Nullable String idempotencyKey) {
        this.seq = seq;
        this.arrived = arrived;
        this.dialect = dialect;
        this.question = question;
        this.idempotencyKey = idempotencyKey;
    }

    long seq() {
        return seq;
    }

    Instant arrived() {
        return arrived;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Null when the body was invalid. */
    @Nullable
    Question question() {
        return question;
    }

    @Nullable
    String idempotencyKey() {
        return idempotencyKey;
    }

    /** Null while the request runs. */
    @Nullable
    Ending ending() {
        return ending;
    }

    void end(Ending end) {
        ending = end;
    }
}
