package io.exai.persistence.session;

import io.exai.persistence.Durable;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text of any size: held here when small, else in the payload store under its SHA-256.
 *
 * @param inline the text; null when it is stored apart
 * @param sha256 the key in the payload store, hexadecimal; null when inline
 * @param size length of the text as UTF-8, in bytes
 */
public record Payload(@Nullable String inline, @Nullable String sha256, long size) implements Durable {
    public static Payload inline(String text, long size) {
        return new Payload(text, null, size);
    }

    public static Payload stored(String sha256, long size) {
        return new Payload(null, sha256, size);
    }
}
