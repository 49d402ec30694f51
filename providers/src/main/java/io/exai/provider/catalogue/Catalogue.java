package io.exai.provider.catalogue;

import io.exai.provider.setting.ProviderSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The models of the providers that are on, findable by name and alias. */
public final class Catalogue {
    private static final List<String> PROVIDERS =
            List.of(ProviderSettings.KIMI, ProviderSettings.GLM, ProviderSettings.CUSTOM, ProviderSettings.SANDBOX);
    private static final Comparator<Model> BY_RANK =
            Comparator.comparingInt(Model::rank).reversed().thenComparing(Model::name);

    private final List<Model> models;
    private final Map<String, Model> names;
    private final Model preferred;

    private Catalogue(List<Model> models, String defaultModel) {
        this.models = List.copyOf(models);
        this.names = names(models);
        this.preferred = find(defaultModel).orElse(this.models.get(0));
    }

    /**
     * Reads the data files.
     *
     * @throws IllegalArgumentException when a file is malformed, no provider is on, or the default model is unknown;
     *     the message names file and field, or the setting
     */
    public static Catalogue load(ProviderSettings settings) {
        List<Model> known = known(settings);
        List<String> problems = problems(settings, known);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        List<String> enabled = settings.enabled();
        return new Catalogue(
                known.stream()
                        .filter(model -> enabled.contains(model.provider()))
                        .toList(),
                settings.defaultModel().strip());
    }

    /** Available models only: by provider in order of preference, then by rank. */
    public List<Model> models() {
        return models;
    }

    /** Finds an available model by name or alias, whatever the case. */
    public Optional<Model> find(String nameOrAlias) {
        return Optional.ofNullable(names.get(key(nameOrAlias)));
    }

    /** The model to ask when nobody named one. */
    public Model preferred() {
        return preferred;
    }

    private static List<String> problems(ProviderSettings settings, List<Model> known) {
        if (settings.enabled().isEmpty()) {
            return List.of("exai.providers: none is on (expected: a key, a base-url or sandbox.enabled = on)");
        }
        String asked = settings.defaultModel().strip();
        if (asked.isEmpty() || asked.equalsIgnoreCase("auto") || names(known).containsKey(key(asked))) {
            return List.of();
        }
        String near = String.join(", ", NearNames.of(asked, known));
        return List.of("exai.providers.default-model: " + asked + " (expected: a known model, such as " + near + ')');
    }

    private static List<Model> known(ProviderSettings settings) {
        var known = new ArrayList<Model>();
        for (String provider : PROVIDERS) {
            ModelFile.read(provider).stream()
                    .map(model -> named(model, settings))
                    .sorted(BY_RANK)
                    .forEach(known::add);
        }
        return known;
    }

    private static Model named(Model model, ProviderSettings settings) {
        if (!model.provider().equals(ProviderSettings.CUSTOM)) {
            return model;
        }
        return new Model(
                settings.custom().model().strip(),
                model.provider(),
                model.aliases(),
                model.contextWindow(),
                model.maxOutputTokens(),
                model.images(),
                model.tools(),
                model.thinking(),
                model.rank());
    }

    /** A name means the first model that has it, and a model's own name wins over another's alias. */
    private static Map<String, Model> names(List<Model> models) {
        var names = new HashMap<String, Model>();
        models.forEach(model -> names.putIfAbsent(key(model.name()), model));
        models.forEach(model -> model.aliases().forEach(alias -> names.putIfAbsent(key(alias), model)));
        return names;
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
