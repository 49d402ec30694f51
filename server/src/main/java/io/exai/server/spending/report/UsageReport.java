package io.exai.server.spending.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.persistence.usage.Grouping;
import io.exai.persistence.usage.UsageGroup;
import io.exai.persistence.usage.UsageTotals;
import io.exai.protocol.json.WireJson;
import io.exai.server.report.Table;
import io.exai.server.spending.budget.Usd;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What the calls of a span of time cost, by what they have in common. */
public record UsageReport(Grouping by, Instant from, Instant to, List<UsageGroup> groups) {
    public List<String> lines() {
        if (groups.isEmpty()) {
            return List.of("no calls were recorded since " + from);
        }
        Table table = new Table(1, name(), "calls", "input tokens", "cached", "output tokens", "USD");
        groups.forEach(group -> row(table, group.name(), group.totals()));
        row(table, "all", all());
        return table.lines();
    }

    public ObjectNode json() {
        ObjectNode json = WireJson.object()
                .put("from", from.toString())
                .put("to", to.toString())
                .put("by", name());
        json.putArray("groups");
        groups.forEach(group -> put(json.withArray("groups").addObject().put("name", group.name()), group.totals()));
        put(json.putObject("all"), all());
        return json;
    }

    private UsageTotals all() {
        return groups.stream().map(UsageGroup::totals).reduce(UsageTotals.NONE, UsageTotals::plus);
    }

    private String name() {
        return by.name().toLowerCase(Locale.ROOT);
    }

    private static void row(Table table, String name, UsageTotals totals) {
        table.row(
                name.isBlank() || name.equals("/") ? "(none)" : name,
                String.valueOf(totals.calls()),
                String.valueOf(totals.inputTokens()),
                String.valueOf(totals.cachedTokens()),
                String.valueOf(totals.outputTokens()),
                Usd.text(totals.costNanos()));
    }

    private static void put(ObjectNode json, UsageTotals totals) {
        json.put("calls", totals.calls())
                .put("inputTokens", totals.inputTokens())
                .put("cachedTokens", totals.cachedTokens())
                .put("outputTokens", totals.outputTokens())
                .put("costNanos", totals.costNanos())
                .put("costUsd", Usd.dollars(totals.costNanos()));
    }
}
