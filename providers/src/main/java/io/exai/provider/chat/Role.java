package io.exai.provider.chat;

import java.util.Locale;

/** Who speaks in a {@link ChatMessage}. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    /** A function that the assistant asked for. */
    TOOL;

    /** As most vendors write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
