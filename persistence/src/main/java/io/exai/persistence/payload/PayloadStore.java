package io.exai.persistence.payload;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Keeps contents that are too large for an event, each once, under the hash of its bytes. */
public interface PayloadStore {
    /** Completes when the content is on disk. Puts of equal contents, by any node at any time, give equal references. */
    CompletionStage<PayloadRef> put(byte[] content);

    /** Fails with {@link PayloadMissing} when the content was never put, or was removed. */
    CompletionStage<byte[]> get(PayloadRef ref);

    /** Removes what nobody put at or after {@code before} (known to the hour); tells how many contents went. */
    CompletionStage<Integer> removeUnused(Instant before);
}
