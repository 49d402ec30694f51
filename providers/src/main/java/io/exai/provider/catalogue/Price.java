package io.exai.provider.catalogue;

import io.exai.provider.chat.Usage;

/**
 * What tokens cost, in US dollars for a million.
 *
 * @param cached for input that the vendor still knew
 * @param known false when nobody has told; such a model is taken to cost nothing
 */
public record Price(double input, double cached, double output, boolean known) {
    public static final Price UNKNOWN = new Price(0, 0, 0, false);

    private static final double NANOS = 1_000; // a dollar for a million tokens is a thousand billionths for one

    public Price(double input, double cached, double output) {
        this(input, cached, output, true);
    }

    /** In billionths of a US dollar. */
    public long nanos(Usage usage) {
        long fresh = Math.max(0, usage.inputTokens() - usage.cachedTokens());
        return Math.round(NANOS * (fresh * input + usage.cachedTokens() * cached + usage.outputTokens() * output));
    }

    /** What a call of that size costs at most, in billionths of a US dollar. */
    public long nanos(long inputTokens, long outputTokens) {
        return nanos(new Usage(inputTokens, outputTokens, 0));
    }
}
