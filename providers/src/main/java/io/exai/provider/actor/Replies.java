package io.exai.provider.actor;

import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells askers how their asks ended, and counts it. */
final class Replies {
    private final String provider;
    private long answered;
    private long failed;

    Replies(String provider) {
        this.provider = provider;
    }

    long answered() {
        return answered;
    }

    long failed() {
        return failed;
    }

    void outcome(OpenAsk open, ChatOutcome outcome) {
        if (outcome instanceof ChatAnswer answer) {
            answered++;
            open.asker().tell(new Provider.Answered(open.callKey(), answer, open.effort(System.nanoTime())));
        } else if (outcome instanceof ProviderFailure failure) {
            failed++;
            open.asker().tell(new Provider.Failed(open.callKey(), failure, open.attempts()));
        }
    }

    void fail(OpenAsk open, Kind kind, String what, @Nullable Duration retryAfter) {
        outcome(open, failure(open, kind, what, retryAfter));
    }

    /** Not told, nor counted. */
    ProviderFailure failure(OpenAsk open, Kind kind, String what, @Nullable Duration retryAfter) {
        String model = open.ask().request().model();
        return new ProviderFailure(kind, provider + ' ' + what, retryAfter, provider, model);
    }
}
