package io.exai.provider.actor;

import io.exai.provider.breaker.Breaker;
import io.exai.provider.breaker.Health;
import io.exai.provider.breaker.Phase;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands between asks and a vendor: its breaker, its rate, and how often it is asked again. Of one provider actor. */
final class Guard {
    private static final Duration LEAST_RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final String provider;
    private final Breaker breaker;
    private final Throttle throttle;
    private final Backoff backoff;
    private final Health health;

    Guard(String provider, Breaker breaker, Throttle throttle, Backoff backoff, Health health) {
        this.provider = provider;
        this.breaker = breaker;
        this.throttle = throttle;
        this.backoff = backoff;
        this.health = health;
    }

    /** Whether there is no use in waiting. */
    boolean refuses(OpenAsk open, long now) {
        return isOpen() || throttle.pause(now).compareTo(open.bears(now)) >= 0;
    }

    void refuse(OpenAsk open, Replies replies, long now) {
        if (breaker.phase() == Phase.CLOSED) {
            Duration pause = throttle.pause(now);
            replies.fail(open, Kind.RATE_LIMITED, "asked to be left alone for " + text(pause), pause);
        } else {
            Duration left = breaker.remaining();
            Duration retryAfter = left.compareTo(LEAST_RETRY_AFTER) > 0 ? left : LEAST_RETRY_AFTER;
            replies.fail(
                    open, Kind.BREAKER_OPEN, "failed too often and is asked again in " + text(retryAfter), retryAfter);
        }
    }

    Breaker.Admission admit() {
        return breaker.admit();
    }

    Breaker.Admission settle() {
        return breaker.settle();
    }

    void hear(Breaker.Signal signal) {
        breaker.hear(signal);
        tell();
    }

    boolean isOpen() {
        return breaker.phase() == Phase.OPEN;
    }

    Phase phase() {
        return breaker.phase();
    }

    /** How long nothing is to be sent. */
    Duration delay(long now) {
        return throttle.delay(now);
    }

    void sent(ChatRequest request) {
        throttle.sent(request, System.nanoTime());
    }

    /** An attempt is over. The pause before another one, if there should be one. */
    Optional<Duration> ended(OpenAsk open, ChatOutcome outcome) {
        boolean probe = open.isProbe();
        judge(open, outcome);
        if (!(outcome instanceof ProviderFailure failure)
                || !failure.kind().passing()
                || open.passedOn()
                || probe
                || breaker.phase() != Phase.CLOSED) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        return backoff.pause(open.attempts(), failure.retryAfter()).filter(pause -> open.hasTimeFor(pause, now));
    }

    /** Has breaker and rate learn from how an attempt ended. */
    void judge(OpenAsk open, ChatOutcome outcome) {
        ProviderFailure failure = outcome instanceof ProviderFailure failed ? failed : null;
        boolean healthy = failure == null || !failure.kind().unhealthy();
        if (open.isProbe()) {
            open.becomeProbe(false);
            breaker.probed(healthy);
        } else {
            breaker.ended(healthy);
        }
        long now = System.nanoTime();
        if (outcome instanceof ChatAnswer answer) {
            throttle.answered(open.ask().request(), answer, now);
        } else if (failure != null && failure.kind() == Kind.RATE_LIMITED) {
            pause(failure.retryAfter(), now);
        }
        tell();
    }

    /** The attempt under way, if any, will say nothing. */
    void abandoned(OpenAsk open) {
        if (open.isProbe()) {
            open.becomeProbe(false);
            breaker.abandoned();
        }
    }

    private void pause(@Nullable Duration retryAfter, long now) {
        if (retryAfter != null) {
            throttle.pause(retryAfter.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : retryAfter, now);
        }
    }

    private void tell() {
        health.tell(provider, breaker.phase(), breaker.remaining(), throttle.pause(System.nanoTime()));
    }

    private static String text(Duration time) {
        return time.toSeconds() >= 1 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
