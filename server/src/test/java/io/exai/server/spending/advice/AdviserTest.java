package io.exai.server.spending.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.usage.UsagePattern;
import io.exai.persistence.usage.UsageTotals;
import io.exai.server.spending.advice.PriceBook.Offer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which model would have been cheaper. */
class AdviserTest {
    private static final Offer USED = offer("kimi", "k2", 100_000, 150, Set.of("tools"), 600, 100, 2_500);

    @Test
    void namesTheCheapestModelThatWouldHaveDone() {
        Offer cheap = offer("glm", "air", 100_000, 90, Set.of("tools", "images"), 200, 30, 1_100);
        Offer dearer = offer("glm", "big", 100_000, 120, Set.of("tools"), 300, 50, 1_100);
        Advice advice = advise(pattern(1_000, 10, 100), USED, dearer, cheap);
        assertThat(advice.routes()).singleElement().satisfies(route -> {
            assertThat(route.offer()).isEqualTo(cheap);
            assertThat(route.usedRank()).isEqualTo(150);
            assertThat(route.wouldCostNanos()).isEqualTo(990 * 200 + 10 * 30 + 100 * 1_100);
            assertThat(route.savingNanos()).isEqualTo(990 * 600 + 10 * 100 + 100 * 2_500 - route.wouldCostNanos());
            assertThat(route.savingPercent()).isEqualTo(64);
        });
        assertThat(advice.savingNanos()).isEqualTo(advice.routes().get(0).savingNanos());
    }

    @Test
    void passesOverAModelWhoseContextIsTooSmall() {
        Offer small = offer("glm", "small", 1_099, 90, Set.of("tools"), 1, 1, 1);
        Offer justLargeEnough = offer("glm", "large", 1_100, 90, Set.of("tools"), 2, 2, 2);
        assertThat(advise(pattern(1_000, 0, 100), USED, small, justLargeEnough).routes())
                .extracting(Advice.Route::offer)
                .containsExactly(justLargeEnough);
    }

    @Test
    void passesOverAModelThatCanDoLess() {
        Offer plain = offer("glm", "plain", 100_000, 90, Set.of("images"), 1, 1, 1);
        assertThat(advise(pattern(1_000, 0, 100), USED, plain).routes()).isEmpty();
    }

    @Test
    void passesOverAModelWhosePriceNobodyKnows() {
        Offer unpriced = offer("sandbox", "echo", 100_000, 90, Set.of("tools"), 0, 0, 0);
        Advice advice = advise(pattern(1_000, 0, 100), USED, unpriced);
        assertThat(advice.routes()).isEmpty();
        assertThat(advice.priced()).isTrue();
        assertThat(advise(pattern(1_000, 0, 100), unpriced).priced()).isFalse();
    }

    @Test
    void takesTheBetterOneOfTwoThatCostTheSame() {
        Offer worse = offer("glm", "a", 100_000, 10, Set.of("tools"), 1, 1, 1);
        Offer better = offer("glm", "b", 100_000, 20, Set.of("tools"), 1, 1, 1);
        assertThat(advise(pattern(1_000, 0, 100), USED, worse, better).routes())
                .extracting(Advice.Route::offer)
                .containsExactly(better);
    }

    @Test
    void saysNothingWhenNothingIsCheaper() {
        Offer same = offer("glm", "same", 100_000, 90, Set.of("tools"), 600, 100, 2_500);
        assertThat(advise(pattern(1_000, 10, 100), USED, same).routes()).isEmpty();
    }

    @Test
    void putsTheLargestSavingFirst() {
        Offer cheap = offer("glm", "air", 100_000, 90, Set.of("tools"), 1, 1, 1);
        PriceBook prices = () -> List.of(USED, cheap);
        Advice advice =
                new Adviser(prices).advise(List.of(pattern("small", 1, 100, 0, 10), pattern("large", 1, 900, 0, 10)));
        assertThat(advice.routes()).extracting(route -> route.pattern().tool()).containsExactly("large", "small");
    }

    @Test
    void namesModelsThatAreNotThereAnyMore() {
        Advice advice = new Adviser(() -> List.of(USED))
                .advise(List.of(new UsagePattern("chat", "kimi", "gone", 1, 1, new UsageTotals(1, 1, 0, 1, 5))));
        assertThat(advice.unknown()).containsExactly("kimi/gone");
    }

    @Test
    void advisesCachingOfLargeInputsThatAreHardlyCached() {
        Advice advice = advise(pattern("chat", 10, 20_010, 2_000, 100), USED);
        assertThat(advice.caching()).singleElement().satisfies(caching -> {
            assertThat(caching.cachedPercent()).isEqualTo(9);
            assertThat(caching.averageInputTokens()).isEqualTo(2_001);
            assertThat(caching.mostNanos()).isEqualTo(18_010 * (600 - 100));
        });
        assertThat(advise(pattern("chat", 10, 20_000, 0, 100), USED).caching()).isEmpty();
        assertThat(advise(pattern("chat", 10, 20_010, 2_001, 100), USED).caching())
                .isEmpty();
    }

    @Test
    void countsCachedInputAsOtherInputWhenItsPriceIsTheSame() {
        Offer plain = offer("glm", "plain", 1, 1, Set.of(), 7, 0, 2);
        assertThat(plain.cost(new UsageTotals(1, 100, 50, 10, 0))).isEqualTo(720);
    }

    private static Advice advise(UsagePattern pattern, Offer... offers) {
        return new Adviser(() -> List.of(offers)).advise(List.of(pattern));
    }

    private static UsagePattern pattern(long input, long cached, long output) {
        return pattern("chat", 1, input, cached, output);
    }

    private static UsagePattern pattern(String tool, long calls, long input, long cached, long output) {
        UsageTotals tokens = new UsageTotals(calls, input, cached, output, 0);
        UsageTotals totals = new UsageTotals(calls, input, cached, output, USED.cost(tokens));
        return new UsagePattern(tool, "kimi", "k2", input, output, totals);
    }

    private static Offer offer(
            String provider,
            String model,
            int window,
            int rank,
            Set<String> abilities,
            long in,
            long cached,
            long out) {
        return new Offer(provider, model, window, rank, abilities, in + out > 0, in, cached, out);
    }
}
