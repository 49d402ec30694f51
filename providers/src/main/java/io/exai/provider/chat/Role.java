package io.exai.provider.chat;

/** Who speaks in a {@link ChatMessage}. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
}
