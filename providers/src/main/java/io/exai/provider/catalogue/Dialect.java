package io.exai.provider.catalogue;

import java.util.Locale;

/** How a provider is spoken to: all that Java knows about vendors. */
public enum Dialect {
    /** Chat completions, as servers that call themselves compatible with OpenAI understand them. */
    COMPATIBLE,
    OPENAI,
    OPENROUTER,
    KIMI,
    GLM,
    /** The messages protocol. */
    ANTHROPIC;

    /** As in data files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
