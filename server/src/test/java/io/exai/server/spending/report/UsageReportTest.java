package io.exai.server.spending.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.persistence.usage.Grouping;
import io.exai.persistence.usage.UsageGroup;
import io.exai.persistence.usage.UsageTotals;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What calls cost, as people and programs read it. */
class UsageReportTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-01-02T00:00:00Z");

    @Test
    void linesUpNumbersAndSumsThem() {
        UsageReport report = report(
                new UsageGroup("alice", new UsageTotals(12, 34_000, 500, 6_000, 12_300_000_000L)),
                new UsageGroup("", new UsageTotals(1, 10, 0, 5, 4_200_000)));
        assertThat(report.lines())
                .containsExactly(
                        "principal  calls  input tokens  cached  output tokens     USD",
                        "alice         12         34000     500           6000   12.30",
                        "(none)         1            10       0              5  0.0042",
                        "all           13         34010     500           6005   12.30");
    }

    @Test
    void saysThatThereIsNothing() {
        assertThat(report().lines()).containsExactly("no calls were recorded since 2026-01-01T00:00:00Z");
        assertThat(report().json().path("groups")).isEmpty();
    }

    @Test
    void tellsProgramsTheSame() {
        UsageReport report = report(new UsageGroup("alice", new UsageTotals(12, 34, 5, 6, 1_500_000_000L)));
        assertThat(report.json().toString())
                .isEqualTo("{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\",\"by\":\"principal\","
                        + "\"groups\":[{\"name\":\"alice\",\"calls\":12,\"inputTokens\":34,\"cachedTokens\":5,"
                        + "\"outputTokens\":6,\"costNanos\":1500000000,\"costUsd\":1.5}],"
                        + "\"all\":{\"calls\":12,\"inputTokens\":34,\"cachedTokens\":5,"
                        + "\"outputTokens\":6,\"costNanos\":1500000000,\"costUsd\":1.5}}");
    }

    private static UsageReport report(UsageGroup... groups) {
        return new UsageReport(Grouping.PRINCIPAL, FROM, TO, List.of(groups));
    }
}
