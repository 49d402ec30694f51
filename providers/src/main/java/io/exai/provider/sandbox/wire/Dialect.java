package io.exai.provider.sandbox.wire;

import java.util.Locale;

/** Which vendor a request believes to be talking to. */
public enum Dialect {
    OPENAI,
    KIMI,
    GLM,
    ANTHROPIC,
    MINIMAX;

    /** Who answers chat completions for a model, when the path does not say. */
    public static Dialect ofChat(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        if (name.startsWith("kimi-") || name.startsWith("moonshot-")) {
            return KIMI;
        }
        return name.startsWith("glm-") ? GLM : OPENAI;
    }

    /** Who answers messages for a model, when the path does not say. */
    public static Dialect ofMessages(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        return name.startsWith("minimax") || name.startsWith("abab") ? MINIMAX : ANTHROPIC;
    }

    /** Whether it is spoken in messages, not in chat completions. */
    public boolean messages() {
        return this == ANTHROPIC || this == MINIMAX;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
