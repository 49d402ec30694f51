package io.exai.server.spending.advice;

import io.exai.persistence.usage.UsagePattern;
import io.exai.persistence.usage.UsageTotals;
import io.exai.server.spending.advice.PriceBook.Offer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was spent with what other models would have cost for the same tokens. How well they would have answered
 * nobody can tell from that; the ranks are there to remind of it.
 */
public final class Adviser {
    private static final int LARGE_INPUT_TOKENS = 2_000;
    private static final int FEW_CACHED_PERCENT = 10;

    private final PriceBook prices;

    public Adviser(PriceBook prices) {
        this.prices = prices;
    }

    public Advice advise(List<UsagePattern> patterns) {
        List<Advice.Route> routes = new ArrayList<>();
        List<Advice.Caching> caching = new ArrayList<>();
        SortedSet<String> unknown = new TreeSet<>();
        for (UsagePattern pattern : patterns) {
            Offer used = prices.find(pattern.provider(), pattern.model()).orElse(null);
            if (isCachedLittle(pattern.totals())) {
                caching.add(new Advice.Caching(pattern, cacheable(used, pattern.totals())));
            }
            if (used != null) {
                route(pattern, used).ifPresent(routes::add);
            } else if (pattern.totals().costNanos() > 0) {
                unknown.add(pattern.provider() + "/" + pattern.model());
            }
        }
        routes.sort(Comparator.comparingLong(Advice.Route::savingNanos).reversed());
        caching.sort(Comparator.comparingLong(Advice.Caching::mostNanos).reversed());
        return new Advice(
                List.copyOf(routes),
                List.copyOf(caching),
                prices.offers().stream().anyMatch(Offer::priced),
                List.copyOf(unknown));
    }

    private Optional<Advice.Route> route(UsagePattern pattern, Offer used) {
        return prices.offers().stream()
                .filter(offer -> offer.priced() && !offer.is(used.provider(), used.model()))
                .filter(offer -> offer.contextWindow() >= pattern.largestInputTokens() + pattern.largestOutputTokens())
                .filter(offer -> offer.abilities().containsAll(used.abilities()))
                .map(offer -> new Advice.Route(pattern, used.rank(), offer, offer.cost(pattern.totals())))
                .filter(route -> route.savingNanos() > 0)
                .min(Comparator.comparingLong(Advice.Route::wouldCostNanos)
                        .thenComparing(route -> -route.offer().rank())
                        .thenComparing(route -> route.offer().name()));
    }

    private static boolean isCachedLittle(UsageTotals totals) {
        return totals.inputTokens() > totals.calls() * LARGE_INPUT_TOKENS
                && totals.cachedTokens() * 100 < totals.inputTokens() * FEW_CACHED_PERCENT;
    }

    private static long cacheable(@Nullable Offer used, UsageTotals totals) {
        return used == null || used.cachedNanos() == 0
                ? 0
                : Math.max(
                        0, (totals.inputTokens() - totals.cachedTokens()) * (used.inputNanos() - used.cachedNanos()));
    }
}
