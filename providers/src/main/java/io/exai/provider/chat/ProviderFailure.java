package io.exai.provider.chat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
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
        /** The vendor wants money first. */
        NO_BALANCE(false),
        /** The vendor does not have that model. */
        NOT_FOUND(false),
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
        /** Not asked at all: it failed too often of late. */
        BREAKER_OPEN(true),
        /** The permit went to another node while the call ran. */
        REVOKED(true),
        INTERNAL(true);

        /** What may be otherwise a moment later. */
        private static final Set<Kind> PASSING =
                EnumSet.of(RATE_LIMITED, UPSTREAM_ERROR, UNREACHABLE, STALLED, BROKEN_STREAM, EMPTY_ANSWER);

        /** What another vendor would not do better, or what is no vendor's doing. */
        private static final Set<Kind> EVERYWHERE = EnumSet.of(INVALID_REQUEST, REVOKED);

        /** What says nothing about the health of a vendor. */
        private static final Set<Kind> HEALTHY =
                EnumSet.of(NOT_FOUND, INVALID_REQUEST, RATE_LIMITED, OVER_CAPACITY, BREAKER_OPEN, REVOKED, INTERNAL);

        private final boolean retryable;

        Kind(boolean retryable) {
            this.retryable = retryable;
        }

        /** True when the same request may succeed later, here or elsewhere. */
        public boolean retryable() {
            return retryable;
        }

        /** True when the same vendor may be asked the same again soon. */
        public boolean passing() {
            return PASSING.contains(this);
        }

        /** True when another model may give the answer. */
        public boolean retryableElsewhere() {
            return !EVERYWHERE.contains(this);
        }

        /** True when it speaks against the vendor's health. */
        public boolean unhealthy() {
            return !HEALTHY.contains(this);
        }
    }
}
