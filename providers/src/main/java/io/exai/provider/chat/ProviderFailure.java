package io.exai.provider.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer.
 *
 * @param message one line a user can act on; never holds a key
 * @param retryAfter how long the vendor, or our own queue, asks to wait
 */
public record ProviderFailure(
        Kind kind, String message, @Nullable Duration retryAfter, String provider, String model)
        implements ChatOutcome {

    /** What went wrong, as far as the caller's next step depends on it. */
    public enum Kind {
        UNAUTHORIZED(false),
        INVALID_REQUEST(false),
        RATE_LIMITED(true),
        OVER_CAPACITY(true),
        UPSTREAM_ERROR(true),
        UNREACHABLE(true),
        TIMEOUT(true),
        STALLED(true),
        BROKEN_STREAM(true),
        BAD_ANSWER(false),
        EMPTY_ANSWER(true),
        /** The permit went to another node while the call ran. */
        REVOKED(true),
        INTERNAL(true);

        private final boolean retryable;

        Kind(boolean retryable) {
            this.retryable = retryable;
        }

        /** True when the same request may succeed later, here or elsewhere. */
        public boolean retryable() {
            return retryable;
        }
    }
}
