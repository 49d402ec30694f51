package io.exai.server.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Model;
import io.exai.server.setting.Settings;
import io.exai.server.setting.SettingsReport;
import io.exai.server.tool.Tool;
import io.exai.server.tool.Toolbox;
import java.util.List;
import java.util.function.Supplier;

/** What the daemon tells of itself as resources. */
public final class DaemonResources {
    private static final String JSON = "application/json";

    private DaemonResources() {}

    public static ResourceBook of(Settings settings, Catalogue catalogue, Toolbox toolbox) {
        return new ResourceBook(
                List.of(
                        everybodys(
                                "exai://models",
                                "models",
                                "The models that can be asked now.",
                                () -> models(catalogue)),
                        everybodys(
                                "exai://tools",
                                "tools",
                                "The tools, and how their calls are treated.",
                                () -> tools(toolbox)),
                        configuration(settings),
                        sessions(settings)),
                List.of(model(catalogue)));
    }

    private static Resource everybodys(String uri, String name, String description, Supplier<ObjectNode> content) {
        return new Resource(
                new ResourceDescription(uri, name, title(name), description, JSON),
                true,
                principal -> Content.json(content.get()));
    }

    private static Resource configuration(Settings settings) {
        return new Resource(
                new ResourceDescription(
                        "exai://configuration",
                        "configuration",
                        "Configuration",
                        "The settings in force, each with where it comes from; secrets are masked.",
                        "text/plain"),
                false,
                principal -> new Content.Text(String.join("\n", SettingsReport.lines(settings.config()))));
    }

    private static Resource sessions(Settings settings) {
        return new Resource(
                new ResourceDescription(
                        "exai://sessions", "sessions", "Sessions", "Whose sessions these are and their limits.", JSON),
                false,
                principal -> Content.json(WireJson.object()
                        .put("principal", principal)
                        .put("maxSessions", settings.session().maxPerPrincipal())
                        .put("maxCallsInFlight", settings.session().maxInFlight())
                        .put(
                                "idleTimeoutSeconds",
                                settings.session().idleTimeout().toSeconds())));
    }

    private static ResourceTemplate model(Catalogue catalogue) {
        return ResourceTemplate.of(
                new ResourceDescription(
                        "exai://models/{name}", "model", "Model", "One model, by its name or an alias.", JSON),
                () -> catalogue.models().stream().map(Model::name).toList(),
                name -> catalogue.find(name).map(model -> Content.json(json(model))));
    }

    private static ObjectNode models(Catalogue catalogue) {
        ObjectNode json =
                WireJson.object().put("preferred", catalogue.preferred().name());
        ArrayNode list = json.putArray("models");
        catalogue.models().forEach(model -> list.add(json(model)));
        return json;
    }

    private static ObjectNode json(Model model) {
        ObjectNode json = WireJson.object()
                .put("name", model.name())
                .put("provider", model.provider())
                .put("contextWindow", model.contextWindow())
                .put("maxOutputTokens", model.maxOutputTokens())
                .put("images", model.images())
                .put("tools", model.tools())
                .put("thinking", model.thinking());
        ArrayNode aliases = json.putArray("aliases");
        model.aliases().forEach(aliases::add);
        return json;
    }

    private static ObjectNode tools(Toolbox toolbox) {
        ObjectNode json = WireJson.object();
        ArrayNode list = json.putArray("tools");
        for (Tool tool : toolbox.all()) {
            list.addObject()
                    .put("name", tool.name())
                    .put("description", tool.description().description())
                    .put("journaled", tool.policy().journaled())
                    .put("repeatable", tool.policy().repeatable())
                    .put("deadlineSeconds", tool.policy().deadline().toSeconds())
                    .put("task", tool.policy().task().wireName());
        }
        return json;
    }

    private static String title(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
