package io.exai.server.spending.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.persistence.usage.UsagePattern;
import io.exai.protocol.json.WireJson;
import io.exai.server.report.Table;
import io.exai.server.spending.advice.Advice;
import io.exai.server.spending.budget.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What cheaper models and caches would have saved since some moment. */
public record AdviceReport(Instant from, Advice advice) {
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!advice.priced()) {
            lines.add("nothing to compare: no price of any model is known");
        } else if (advice.routes().isEmpty()) {
            lines.add("nothing to save: no other model would have been cheaper for the calls since " + from);
        } else {
            lines.addAll(routes().lines());
            lines.add("all of it together would have saved " + Usd.text(advice.savingNanos()) + " USD since " + from);
        }
        advice.caching().forEach(caching -> lines.add(line(caching)));
        if (!advice.unknown().isEmpty()) {
            lines.add("not compared, as they cannot be asked any more: " + String.join(", ", advice.unknown()));
        }
        return lines;
    }

    public ObjectNode json() {
        ObjectNode json = WireJson.object().put("from", from.toString()).put("priced", advice.priced());
        json.put("savingUsd", Usd.dollars(advice.savingNanos()));
        json.putArray("routes");
        for (Advice.Route route : advice.routes()) {
            named(json.withArray("routes").addObject(), route.pattern())
                    .put("costUsd", Usd.dollars(route.pattern().totals().costNanos()))
                    .put("rank", route.usedRank())
                    .put("cheaperProvider", route.offer().provider())
                    .put("cheaperModel", route.offer().model())
                    .put("cheaperRank", route.offer().rank())
                    .put("wouldCostUsd", Usd.dollars(route.wouldCostNanos()))
                    .put("savingUsd", Usd.dollars(route.savingNanos()))
                    .put("savingPercent", route.savingPercent());
        }
        json.putArray("caching");
        for (Advice.Caching caching : advice.caching()) {
            named(json.withArray("caching").addObject(), caching.pattern())
                    .put("averageInputTokens", caching.averageInputTokens())
                    .put("cachedPercent", caching.cachedPercent())
                    .put("savingUsdAtMost", Usd.dollars(caching.mostNanos()));
        }
        json.putArray("unknown");
        advice.unknown().forEach(json.withArray("unknown")::add);
        return json;
    }

    private Table routes() {
        Table table = new Table(
                3, "tool", "used", "cheaper", "rank", "its rank", "calls", "USD", "would cost", "saves", "percent");
        advice.routes()
                .forEach(route -> table.row(
                        route.pattern().tool(),
                        model(route.pattern()),
                        route.offer().name(),
                        String.valueOf(route.usedRank()),
                        String.valueOf(route.offer().rank()),
                        String.valueOf(route.pattern().totals().calls()),
                        Usd.text(route.pattern().totals().costNanos()),
                        Usd.text(route.wouldCostNanos()),
                        Usd.text(route.savingNanos()),
                        String.valueOf(route.savingPercent())));
        return table;
    }

    private static String line(Advice.Caching caching) {
        String most = caching.mostNanos() > 0 ? ", by " + Usd.text(caching.mostNanos()) + " USD at most" : "";
        return "caching: " + caching.pattern().tool() + " sends " + model(caching.pattern()) + " "
                + caching.averageInputTokens() + " tokens a call, and " + caching.cachedPercent()
                + " percent of them were cached; what stays the same in front makes calls cheaper" + most;
    }

    private static ObjectNode named(ObjectNode json, UsagePattern pattern) {
        return json.put("tool", pattern.tool())
                .put("provider", pattern.provider())
                .put("model", pattern.model())
                .put("calls", pattern.totals().calls());
    }

    private static String model(UsagePattern pattern) {
        return pattern.provider() + "/" + pattern.model();
    }
}
