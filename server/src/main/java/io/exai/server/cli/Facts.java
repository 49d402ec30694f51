package io.exai.server.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import io.exai.provider.catalogue.Model;
import java.util.ArrayList;
import java.util.List;

/** What there is to tell of models. */
final class Facts {
    private Facts() {}

    /** In words. */
    static List<String> abilities(Model model) {
        List<String> abilities = new ArrayList<>();
        add(abilities, model.images(), "images");
        add(abilities, model.tools(), "functions");
        add(abilities, model.thinking(), "thinking");
        add(abilities, model.webSearch(), "search");
        return abilities;
    }

    static ObjectNode of(List<Model> models) {
        ObjectNode json = WireJson.object();
        json.putArray("models");
        models.forEach(model -> json.withArray("models").add(of(model)));
        return json;
    }

    private static ObjectNode of(Model model) {
        ObjectNode json = WireJson.object()
                .put("name", model.name())
                .put("provider", model.provider())
                .put("contextWindow", model.contextWindow())
                .put("maxOutputTokens", model.maxOutputTokens())
                .put("rank", model.rank())
                .put("speed", model.speed());
        json.putArray("aliases");
        model.aliases().forEach(json.withArray("aliases")::add);
        json.putArray("abilities");
        abilities(model).forEach(json.withArray("abilities")::add);
        if (model.price().known()) {
            json.putObject("usdPerMillionTokens")
                    .put("input", model.price().input())
                    .put("cached", model.price().cached())
                    .put("output", model.price().output());
        }
        return json;
    }

    private static void add(List<String> abilities, boolean has, String name) {
        if (has) {
            abilities.add(name);
        }
    }
}
