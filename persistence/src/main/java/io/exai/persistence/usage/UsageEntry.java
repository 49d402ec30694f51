package io.exai.persistence.usage;

import java.time.Instant;

/**
 * What one call cost. Texts may be of any length; only their beginning is kept.
 *
 * @param id the call's key; an id counts once, however often it is added
 * @param at when the call ended
 * @param modelAsked as the client named it; empty when it named none
 * @param provider who answered; empty when nobody was asked
 * @param model which answered; empty when none was asked
 * @param inputTokens all of them, with the cached ones
 * @param cachedTokens those of the input that the provider had in its cache
 * @param costNanos in billionths of a US dollar
 * @param attempts requests to providers, of which the last one gave the outcome
 * @param outcome one word, such as {@code ok}, {@code failed} or {@code cancelled}
 * @param millis from the start of the call to its end
 * @param firstTokenMillis from the start of the call to the first text; 0 when there was none
 */
public record UsageEntry(
        String id,
        Instant at,
        String principal,
        String session,
        String tool,
        String modelAsked,
        String provider,
        String model,
        long inputTokens,
        long cachedTokens,
        long outputTokens,
        long costNanos,
        int attempts,
        String outcome,
        long millis,
        long firstTokenMillis) {
    /** This call alone. */
    public UsageTotals totals() {
        return new UsageTotals(1, inputTokens, cachedTokens, outputTokens, costNanos);
    }
}
