package io.exai.provider.chat;

/** How a call ended: exactly one of these, never both and never an exception. */
public sealed interface ChatOutcome permits ChatAnswer, ProviderFailure {}
