package io.exai.provider.sandbox.log;

import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.Stamp;
import java.time.Instant;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** One remembered request; it ends once, and what it says can be read at any time by anyone. */
public final class Entry {
    private final Stamp stamp;
    private final Dialect dialect;
    private final @Nullable Asked asked;
    private final @Nullable String idempotencyKey;
    private volatile @Nullable Received received;
    private volatile @Nullable Ending ending;

    /** When and how a request ended. */
    record Ending(Instant at, Outcome outcome) {}

    Entry(Stamp stamp, Dialect dialect, @Nullable Asked asked, HttpRequest request, ByteString body) {
        this.stamp = stamp;
        this.dialect = dialect;
        this.asked = asked;
        this.idempotencyKey =
                request.getHeader("Idempotency-Key").map(HttpHeader::value).orElse(null);
        this.received = Received.of(request, body);
    }

    public Stamp stamp() {
        return stamp;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Null when the body was invalid, or asked for no chat. */
    @Nullable
    Asked asked() {
        return asked;
    }

    @Nullable
    String idempotencyKey() {
        return idempotencyKey;
    }

    /** Null when too many requests came since. */
    @Nullable
    Received received() {
        return received;
    }

    void forgetReceived() {
        received = null;
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
