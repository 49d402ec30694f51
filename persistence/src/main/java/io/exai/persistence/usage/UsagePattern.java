package io.exai.persistence.usage;

/**
 * How one tool used one model.
 *
 * @param largestInputTokens of one call
 * @param largestOutputTokens of one call, not necessarily the same
 */
public record UsagePattern(
        String tool,
        String provider,
        String model,
        long largestInputTokens,
        long largestOutputTokens,
        UsageTotals totals) {}
