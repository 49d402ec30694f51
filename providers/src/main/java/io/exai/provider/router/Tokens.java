package io.exai.provider.router;

/** Estimates how many tokens a text is. */
public final class Tokens {
    private static final double PER_ASCII = 0.25;
    private static final double PER_OTHER = 0.75;

    private Tokens() {}

    /** A fourth of plain characters, three fourths of others: vendors count differently, but seldom more. */
    public static long estimate(String text) {
        long ascii = text.chars().filter(c -> c < 128).count();
        return Math.round(Math.ceil(ascii * PER_ASCII + (text.length() - ascii) * PER_OTHER));
    }
}
