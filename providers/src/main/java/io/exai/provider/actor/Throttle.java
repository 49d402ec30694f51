package io.exai.provider.actor;

import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatMessage;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.setting.Gate;
import java.time.Duration;

/**
 * When the next request may be sent: by requests and tokens a minute, and by what the vendor asked for last. Owned by one
 * provider actor.
 */
final class Throttle {
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final Bucket requests;
    private final Bucket tokens;
    private long pausedUntil;

    Throttle(Gate gate, long now) {
        this.requests = new Bucket(gate.requestsPerMinute(), now);
        this.tokens = new Bucket(gate.tokensPerMinute(), now);
        this.pausedUntil = now;
    }

    Duration delay(long now) {
        return longest(pause(now), longest(requests.delay(1, now), tokens.delay(1, now)));
    }

    /** How long nothing at all is sent. */
    Duration pause(long now) {
        return Duration.ofNanos(Math.max(0, pausedUntil - now));
    }

    void sent(ChatRequest request, long now) {
        requests.take(1, now);
        tokens.take(estimate(request), now);
    }

    /** Takes what the answer cost beyond the estimate, or gives back what it did not. */
    void answered(ChatRequest request, ChatAnswer answer, long now) {
        double used = (double) answer.usage().inputTokens() + answer.usage().outputTokens();
        if (used > 0) {
            tokens.take(used - estimate(request), now);
        }
    }

    /** The vendor wants to be left alone. */
    void pause(Duration time, long now) {
        long until = now + time.toNanos();
        pausedUntil = until - pausedUntil > 0 ? until : pausedUntil;
    }

    /** In tokens, of the question alone. */
    private static double estimate(ChatRequest request) {
        long characters = 0;
        for (ChatMessage message : request.messages()) {
            characters += message.text().length();
        }
        return (double) characters / CHARACTERS_PER_TOKEN;
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
