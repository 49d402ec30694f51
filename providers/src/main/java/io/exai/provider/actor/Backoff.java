package io.exai.provider.actor;

import io.exai.provider.setting.RetrySettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the same vendor is asked again.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">full jitter</a>
 */
record Backoff(RetrySettings settings, DoubleSupplier random) {
    /**
     * Empty when the vendor is not to be asked again: often enough, or it wants more time than we wait.
     *
     * @param attempts so far
     * @param retryAfter what the vendor asked for, if anything
     */
    Optional<Duration> pause(int attempts, @Nullable Duration retryAfter) {
        if (attempts >= settings.attempts()) {
            return Optional.empty();
        }
        if (retryAfter != null) {
            return Optional.of(retryAfter).filter(asked -> asked.compareTo(settings.cap()) <= 0);
        }
        long most = settings.base().toNanos() << Math.min(20, attempts - 1);
        long bound = Math.min(settings.cap().toNanos(), most < 0 ? Long.MAX_VALUE : most);
        return Optional.of(Duration.ofNanos((long) (random.getAsDouble() * bound)));
    }
}
