package io.exai.provider.chat;

import org.jspecify.annotations.Nullable;

/**
 * A complete answer; its text is never empty.
 *
 * @param reasoning what a thinking model said to itself, if the vendor sends it
 */
public record ChatAnswer(
        String text, @Nullable String reasoning, String provider, String model, String finishReason, Usage usage)
        implements ChatOutcome {}
