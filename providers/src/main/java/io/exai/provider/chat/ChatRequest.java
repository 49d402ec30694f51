package io.exai.provider.chat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question to one model.
 *
 * @param callKey sent upstream as {@code Idempotency-Key}: the same work carries the same key
 * @param model canonical name, never an alias
 * @param timeout counted from the moment the provider receives the request, waiting included
 */
public record ChatRequest(
        String callKey,
        String model,
        List<ChatMessage> messages,
        @Nullable Double temperature,
        @Nullable Integer maxTokens,
        boolean stream,
        Duration timeout) {
    public ChatRequest {
        messages = List.copyOf(messages);
    }
}
