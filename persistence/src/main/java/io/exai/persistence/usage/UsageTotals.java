package io.exai.persistence.usage;

/**
 * What several calls cost together.
 *
 * @param inputTokens with the cached ones
 * @param costNanos in billionths of a US dollar
 */
public record UsageTotals(long calls, long inputTokens, long cachedTokens, long outputTokens, long costNanos) {
    public static final UsageTotals NONE = new UsageTotals(0, 0, 0, 0, 0);

    public UsageTotals plus(UsageTotals other) {
        return new UsageTotals(
                calls + other.calls,
                inputTokens + other.inputTokens,
                cachedTokens + other.cachedTokens,
                outputTokens + other.outputTokens,
                costNanos + other.costNanos);
    }
}
