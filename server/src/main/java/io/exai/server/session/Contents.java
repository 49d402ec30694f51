package io.exai.server.session;

import io.exai.persistence.payload.PayloadRef;
import io.exai.persistence.payload.PayloadStore;
import io.exai.persistence.session.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Turns texts to what an event holds, and back: small ones stay inside, large ones go to the payload store.
 *
 * @param inlineLimit largest text that stays inside, in bytes of UTF-8
 */
record Contents(PayloadStore store, int inlineLimit) {
    /** The text as it is, when it is small. */
    Optional<Payload> inline(String text) {
        long size = text.length() > inlineLimit ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
        return size > inlineLimit ? Optional.empty() : Optional.of(Payload.inline(text, size));
    }

    CompletionStage<Payload> write(String text) {
        return store.put(text.getBytes(StandardCharsets.UTF_8))
                .thenApply(ref -> Payload.stored(ref.sha256(), ref.size()));
    }

    /** The text of a payload that is not inline. */
    CompletionStage<String> read(Payload payload) {
        return store.get(new PayloadRef(Objects.requireNonNull(payload.sha256()), payload.size()))
                .thenApply(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
