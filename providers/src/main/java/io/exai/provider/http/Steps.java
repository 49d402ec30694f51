package io.exai.provider.http;

import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Exchange;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Usage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One or more requests, each going on from the answer to the one before, that are one exchange to the outside. */
final class Steps implements Exchange {
    /** More would be a model that goes in circles. */
    private static final int MOST = 8;

    private final Function<ChatRequest, Exchange> sender;
    private final WireFormat format;
    private final String callKey;
    private final CompletionStage<ChatOutcome> outcome;
    private volatile boolean cancelled;
    private volatile Exchange current;

    Steps(ChatRequest request, Function<ChatRequest, Exchange> sender, WireFormat format) {
        this.sender = sender;
        this.format = format;
        this.callKey = request.callKey();
        this.current = sender.apply(request);
        this.outcome = follow(request, current, Usage.NONE, 1);
    }

    @Override
    public CompletionStage<ChatOutcome> outcome() {
        return outcome;
    }

    @Override
    public void cancel() {
        cancelled = true;
        current.cancel();
    }

    private CompletionStage<ChatOutcome> follow(ChatRequest request, Exchange exchange, Usage before, int step) {
        return exchange.outcome().thenCompose(ended -> {
            if (!(ended instanceof ChatAnswer answer)) {
                return CompletableFuture.completedFuture(ended);
            }
            Optional<ChatRequest> next = format.next(request, answer);
            if (next.isEmpty() || cancelled) {
                return CompletableFuture.completedFuture(answer.after(before));
            }
            if (step == MOST) {
                return CompletableFuture.completedFuture(endless(answer));
            }
            ChatRequest following = numbered(next.get(), step + 1);
            current = sender.apply(following);
            if (cancelled) { // between the two lines before
                current.cancel();
            }
            return follow(following, current, before.plus(answer.usage()), step + 1);
        });
    }

    /** Other work than the step before, so it has another key; the same at every attempt. */
    private ChatRequest numbered(ChatRequest next, int step) {
        return new ChatRequest(
                callKey + '-' + step,
                next.model(),
                next.messages(),
                next.temperature(),
                next.maxTokens(),
                next.stream(),
                next.timeout(),
                next.abilities());
    }

    private static ProviderFailure endless(ChatAnswer answer) {
        String message = answer.provider() + " came to no answer in " + MOST + " steps";
        return new ProviderFailure(Kind.BAD_ANSWER, message, null, answer.provider(), answer.model());
    }
}
