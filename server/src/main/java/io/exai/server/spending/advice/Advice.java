package io.exai.server.spending.advice;

import io.exai.persistence.usage.UsagePattern;
import java.util.List;

/**
 * What could be saved, the most first.
 *
 * @param priced whether the price of any model is known; without one there is nothing to compare
 * @param unknown models that were used and cannot be compared, because they cannot be asked any more
 */
public record Advice(List<Route> routes, List<Caching> caching, boolean priced, List<String> unknown) {
    /**
     * A model that would have been cheaper for what one tool did with another.
     *
     * @param usedRank of the model that was used
     * @param wouldCostNanos in billionths of a US dollar
     */
    public record Route(UsagePattern pattern, int usedRank, PriceBook.Offer offer, long wouldCostNanos) {
        public long savingNanos() {
            return pattern.totals().costNanos() - wouldCostNanos;
        }

        /** Of what was spent; rounded. */
        public long savingPercent() {
            return Math.round(100.0 * savingNanos() / pattern.totals().costNanos());
        }
    }

    /**
     * A use of a model that its provider's cache hardly helped.
     *
     * @param mostNanos what would have been saved had all the input been cached; 0 when that is not known
     */
    public record Caching(UsagePattern pattern, long mostNanos) {
        /** Of the input; rounded down. */
        public long cachedPercent() {
            return 100 * pattern.totals().cachedTokens() / pattern.totals().inputTokens();
        }

        /** Of one call. */
        public long averageInputTokens() {
            return pattern.totals().inputTokens() / pattern.totals().calls();
        }
    }

    /** What following all of it would have saved, in billionths of a US dollar. */
    public long savingNanos() {
        return routes.stream().mapToLong(Route::savingNanos).sum();
    }
}
