package io.exai.server.spending.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.usage.UsagePattern;
import io.exai.persistence.usage.UsageTotals;
import io.exai.server.spending.advice.Advice;
import io.exai.server.spending.advice.PriceBook.Offer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Advice, as people and programs read it. */
class AdviceReportTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final UsagePattern PATTERN = new UsagePattern(
            "chat", "kimi", "k2", 5_000, 100, new UsageTotals(120, 360_000, 3_600, 12_000, 12_000_000_000L));
    private static final Offer AIR = new Offer("glm", "air", 128_000, 90, Set.of(), true, 1, 1, 1);

    @Test
    void showsWhatWouldBeSavedAndWhatIsGivenUp() {
        Advice advice = new Advice(
                List.of(new Advice.Route(PATTERN, 140, AIR, 3_000_000_000L)), List.of(), true, List.of("kimi/gone"));
        assertThat(new AdviceReport(FROM, advice).lines())
                .containsExactly(
                        "tool  used     cheaper  rank  its rank  calls    USD  would cost  saves  percent",
                        "chat  kimi/k2  glm/air   140        90    120  12.00        3.00   9.00       75",
                        "all of it together would have saved 9.00 USD since 2026-01-01T00:00:00Z",
                        "not compared, as they cannot be asked any more: kimi/gone");
    }

    @Test
    void saysPlainlyThatThereIsNothingToSave() {
        assertThat(new AdviceReport(FROM, new Advice(List.of(), List.of(), true, List.of())).lines())
                .containsExactly("nothing to save: no other model would have been cheaper for the calls since"
                        + " 2026-01-01T00:00:00Z");
        assertThat(new AdviceReport(FROM, new Advice(List.of(), List.of(), false, List.of())).lines())
                .containsExactly("nothing to compare: no price of any model is known");
    }

    @Test
    void hasALineForCaching() {
        Advice advice = new Advice(List.of(), List.of(new Advice.Caching(PATTERN, 2_000_000_000L)), true, List.of());
        assertThat(new AdviceReport(FROM, advice).lines())
                .last()
                .isEqualTo(
                        "caching: chat sends kimi/k2 3000 tokens a call, and 1 percent of them were cached; what stays"
                                + " the same in front makes calls cheaper, by 2.00 USD at most");
    }

    @Test
    void tellsProgramsTheSame() {
        Advice advice = new Advice(
                List.of(new Advice.Route(PATTERN, 140, AIR, 3_000_000_000L)),
                List.of(new Advice.Caching(PATTERN, 0)),
                true,
                List.of("kimi/gone"));
        assertThat(new AdviceReport(FROM, advice).json().toString())
                .isEqualTo("{\"from\":\"2026-01-01T00:00:00Z\",\"priced\":true,\"savingUsd\":9.0,\"routes\":[{"
                        + "\"tool\":\"chat\",\"provider\":\"kimi\",\"model\":\"k2\",\"calls\":120,\"costUsd\":12.0,"
                        + "\"rank\":140,\"cheaperProvider\":\"glm\",\"cheaperModel\":\"air\",\"cheaperRank\":90,"
                        + "\"wouldCostUsd\":3.0,\"savingUsd\":9.0,\"savingPercent\":75}],\"caching\":[{"
                        + "\"tool\":\"chat\",\"provider\":\"kimi\",\"model\":\"k2\",\"calls\":120,"
                        + "\"averageInputTokens\":3000,\"cachedPercent\":1,\"savingUsdAtMost\":0.0}],"
                        + "\"unknown\":[\"kimi/gone\"]}");
    }
}
