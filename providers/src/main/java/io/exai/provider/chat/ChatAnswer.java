package io.exai.provider.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer: a text, or calls that the model asks for; never neither.
 *
 * @param reasoning what a thinking model said to itself, if the vendor sends it
 * @param calls of functions that the question offered
 */
public record ChatAnswer(
        String text,
        @Nullable String reasoning,
        String provider,
        String model,
        String finishReason,
        Usage usage,
        List<FunctionCall> calls)
        implements ChatOutcome {
    public ChatAnswer {
        calls = List.copyOf(calls);
        if (text.isBlank() && calls.isEmpty()) {
            throw new IllegalArgumentException("an answer without text and calls");
        }
    }

    public ChatAnswer(
            String text, @Nullable String reasoning, String provider, String model, String finishReason, Usage usage) {
        this(text, reasoning, provider, model, finishReason, usage, List.of());
    }

    /** The same, with what the steps before it took. */
    public ChatAnswer after(Usage before) {
        return new ChatAnswer(text, reasoning, provider, model, finishReason, before.plus(usage), calls);
    }
}
