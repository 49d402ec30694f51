package io.exai.provider.chat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question to one model.
 *
 * @param callKey sent upstream as {@code Idempotency-Key}: the same work carries the same key
 * @param model canonical name, never an alias
 * @param maxTokens of the answer without what is thought; null for as many as the vendor gives
 * @param timeout counted from the moment the provider receives the request, waiting included
 */
public record ChatRequest(
        String callKey,
        String model,
        List<ChatMessage> messages,
        @Nullable Double temperature,
        @Nullable Integer maxTokens,
        boolean stream,
        Duration timeout,
        Abilities abilities) {
    public ChatRequest {
        messages = List.copyOf(messages);
    }

    public ChatRequest(
            String callKey,
            String model,
            List<ChatMessage> messages,
            @Nullable Double temperature,
            @Nullable Integer maxTokens,
            boolean stream,
            Duration timeout) {
        this(callKey, model, messages, temperature, maxTokens, stream, timeout, Abilities.NONE);
    }

    /** The same question, gone on with. */
    public ChatRequest with(List<ChatMessage> newMessages) {
        return new ChatRequest(callKey, model, newMessages, temperature, maxTokens, stream, timeout, abilities);
    }
}
