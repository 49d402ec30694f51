package io.exai.server.spending.advice;

import io.exai.persistence.usage.UsageTotals;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What models there are, what they can do, and what they ask for it. */
@FunctionalInterface
public interface PriceBook {
    List<Offer> offers();

    default Optional<Offer> find(String provider, String model) {
        return offers().stream().filter(offer -> offer.is(provider, model)).findFirst();
    }

    /**
     * One model of one provider. Prices are in billionths of a US dollar a token, which is a thousand times the price in US
     * dollars of a million tokens.
     *
     * @param contextWindow in tokens, for input and output together
     * @param rank higher is better, among the models of its provider
     * @param abilities by their names, such as {@code images}
     * @param priced whether it is known what it costs
     * @param inputNanos of a token that the provider did not have in its cache
     * @param cachedNanos of a token that it had; 0 when that makes no difference
     */
    record Offer(
            String provider,
            String model,
            int contextWindow,
            int rank,
            Set<String> abilities,
            boolean priced,
            long inputNanos,
            long cachedNanos,
            long outputNanos) {
        public Offer {
            abilities = Set.copyOf(abilities);
        }

        /** What calls with so many tokens would have cost, in billionths of a US dollar. */
        public long cost(UsageTotals totals) {
            long cached = cachedNanos > 0 ? cachedNanos : inputNanos;
            return (totals.inputTokens() - totals.cachedTokens()) * inputNanos
                    + totals.cachedTokens() * cached
                    + totals.outputTokens() * outputNanos;
        }

        boolean is(String otherProvider, String otherModel) {
            return provider.equals(otherProvider) && model.equals(otherModel);
        }

        /** Provider and model, such as {@code kimi/kimi-k2}. */
        public String name() {
            return provider + "/" + model;
        }
    }
}
