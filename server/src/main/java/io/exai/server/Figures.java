package io.exai.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.protocol.mcp.Era;
import io.exai.protocol.mcp.Revision;
import io.exai.provider.breaker.Phase;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Model;
import io.exai.server.edge.Connections;
import io.exai.server.session.CallCounters;
import io.exai.server.setting.Settings;
import io.exai.server.spending.budget.Usd;
import io.exai.server.tool.Models;
import io.exai.server.tool.Reports;
import io.exai.server.tool.Toolbox;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gathers what the report tools tell of the daemon. */
final class Figures {
    private Figures() {}

    static Reports reports(Settings settings, Models models, Connections connections, CallCounters calls) {
        ObjectNode version = version();
        ObjectNode listed = models(models.catalogue());
        return new Reports(Map.of(
                "version", () -> version,
                "models", () -> listed,
                "status", () -> status(settings, models, connections, calls)));
    }

    private static ObjectNode version() {
        String revisions = Stream.concat(Revision.names(Era.MODERN).stream(), Revision.names(Era.LEGACY).stream())
                .collect(Collectors.joining(", "));
        return WireJson.object()
                .put("version", Version.text())
                .put("java", Runtime.version().toString())
                .put("revisions", revisions);
    }

    private static ObjectNode models(Catalogue catalogue) {
        List<Model> known = catalogue.models();
        String rows = known.stream().map(Figures::row).collect(Collectors.joining("\n"));
        boolean sandbox = known.stream().anyMatch(model -> model.provider().equals("sandbox"));
        ObjectNode figures = WireJson.object()
                .put("count", known.size())
                .put("preferred", catalogue.preferred().name())
                .put("note", sandbox ? "The provider sandbox is built in and answers without a model behind it." : "")
                .put(
                        "table",
                        "| model | provider | context | output | images | tools | thinking | aliases |\n"
                                + "|---|---|--:|--:|---|---|---|---|\n" + rows);
        known.forEach(model -> figures.withArray("models")
                .addObject()
                .put("name", model.name())
                .put("provider", model.provider())
                .put("contextWindow", model.contextWindow())
                .put("maxOutputTokens", model.maxOutputTokens()));
        return figures;
    }

    private static String row(Model model) {
        return String.join(
                " | ",
                "| " + model.name(),
                model.provider(),
                String.valueOf(model.contextWindow()),
                String.valueOf(model.maxOutputTokens()),
                model.images() ? "yes" : "no",
                model.tools() ? "yes" : "no",
                model.thinking() ? "yes" : "no",
                String.join(", ", model.aliases()) + " |");
    }

    private static ObjectNode status(Settings settings, Models models, Connections connections, CallCounters calls) {
        return WireJson.object()
                .put("version", Version.text())
                .put("uptimeSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000)
                .put("node", settings.http().host() + ":" + settings.http().port())
                .put("connections", connections.now())
                .put("sessions", calls.sessions())
                .put("running", calls.running())
                .put("answered", calls.answered())
                .put("failed", calls.failed())
                .put("refused", calls.refused())
                .put("journal", settings.persistence().journal())
                .put("providers", providers(models))
                .put("models", models.catalogue().models().size())
                .put(
                        "spentTodayUsd",
                        Usd.dollars(models.spending().figures().all().costNanos()));
    }

    /** By name; of one that is left alone, or tried again, that it is. */
    private static String providers(Models models) {
        return models.providers().keySet().stream()
                .map(name -> {
                    Phase phase = models.health().phase(name);
                    return phase == Phase.CLOSED ? name : name + " (breaker " + phase.label() + ")";
                })
                .collect(Collectors.joining(", "));
    }

    /** What the op protocol tells of this node. */
    static ObjectNode health(
            Settings settings, Toolbox toolbox, Connections connections, CallCounters calls, Clock clock) {
        long seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000;
        return WireJson.object()
                .put("t", clock.millis() / 1000.0)
                .put("uptime_human", seconds / 3600 + "h " + seconds / 60 % 60 + "m " + seconds % 60 + "s")
                .put("sessions", connections.now())
                .put("sessions_in_memory", calls.sessions())
                .put("running", calls.running())
                .put("global_capacity", settings.quota().maxInFlight())
                .put("tool_count", toolbox.descriptions().size());
    }
}
