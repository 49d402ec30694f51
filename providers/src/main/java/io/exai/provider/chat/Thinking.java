package io.exai.provider.chat;

import java.util.Locale;

/** How much a model may think before it answers: a share of the most that it can. */
public enum Thinking {
    MINIMAL(0.005),
    LOW(0.08),
    MEDIUM(0.33),
    HIGH(0.67),
    MAX(1.0);

    private final double share;

    Thinking(double share) {
        this.share = share;
    }

    /** Tokens out of the most that a model can think; at least 1. */
    public int budget(int most) {
        return (int) Math.max(1, Math.round(share * most));
    }

    /** As in arguments and settings. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whatever the case.
     *
     * @throws IllegalArgumentException for another word
     */
    public static Thinking parse(String label) {
        return valueOf(label.strip().toUpperCase(Locale.ROOT));
    }
}
