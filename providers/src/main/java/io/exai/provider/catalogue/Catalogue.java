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
     * @throws IllegalArgumentException when a file is malformed, no provider is on, or a name in the settings is unknown;
     *     the message names file and field, or the setting
     */
    public static Catalogue load(ProviderSettings settings) {
        return of(Roster.load(settings), settings);
    }

    /**
     * The models of a roster.
     *
     * @throws IllegalArgumentException when no provider is on, or a name in the settings is unknown
     */
    public static Catalogue of(Roster roster, ProviderSettings settings) {
        List<String> problems = problems(roster, settings);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        List<Model> models = roster.on().stream()
                .flatMap(entry -> models(entry.vendor(), settings).stream())
                .toList();
        return new Catalogue(models, settings.defaultModel().strip());
    }

    /** What is wrong with roster and settings together; with any, there is no catalogue. */
    public static List<String> problems(Roster roster, ProviderSettings settings) {
        var problems = new ArrayList<>(roster.problems(settings));
        List<Model> known = roster.known().stream()
                .flatMap(vendor -> models(vendor, settings).stream())
                .toList();
        String asked = settings.defaultModel().strip();
        if (!asked.isEmpty() && !asked.equalsIgnoreCase("auto") && !names(known).containsKey(key(asked))) {
            String near = String.join(", ", NearNames.of(asked, known));
            problems.add("exai.providers.default-model: " + asked + " (expected: a known model, such as " + near + ')');
        }
        for (Roster.Entry entry : roster.on()) {
            problems.addAll(unknown(entry.vendor(), settings));
        }
        return problems;
    }

    /** Available models only: by provider in order of preference, then by rank. */
    public List<Model> models() {
        return models;
    }

    /** Finds an available model by name, alias, or provider/name, whatever the case. */
    public Optional<Model> find(String nameOrAlias) {
        return Optional.ofNullable(names.get(key(nameOrAlias)));
    }

    /** The model that the settings name, else the highest ranked of the first provider. */
    public Model preferred() {
        return preferred;
    }

    /** Those that the settings allow, or all; names that only the settings know get what the file assumes. */
    private static List<Model> models(Vendor vendor, ProviderSettings settings) {
        List<String> allowed = settings.vendor(vendor.name()).models();
        if (allowed.isEmpty()) {
            return vendor.models().stream().sorted(BY_RANK).toList();
        }
        Map<String, Model> names = names(vendor.models());
        Model unlisted = vendor.unlisted();
        return allowed.stream()
                .flatMap(name -> Optional.ofNullable(names.get(key(name)))
                        .or(() -> Optional.ofNullable(unlisted).map(assumed -> assumed.named(name.strip())))
                        .stream())
                .distinct()
                .sorted(BY_RANK)
                .toList();
    }

    private static List<String> unknown(Vendor vendor, ProviderSettings settings) {
        if (vendor.unlisted() != null) {
            return models(vendor, settings).isEmpty()
                    ? List.of("exai.providers.vendors." + vendor.name() + ".models: none (expected: names of models)")
                    : List.of();
        }
        Map<String, Model> names = names(vendor.models());
        return settings.vendor(vendor.name()).models().stream()
                .filter(name -> !names.containsKey(key(name)))
                .map(name -> "exai.providers.vendors." + vendor.name() + ".models: " + name
                        + " (expected: a known model, such as " + String.join(", ", NearNames.of(name, vendor.models()))
                        + ')')
                .toList();
    }

    /** A name means the first model that has it, and a model's own name wins over another's alias. */
    private static Map<String, Model> names(List<Model> models) {
        var names = new HashMap<String, Model>();
        models.forEach(model -> names.putIfAbsent(key(model.name()), model));
        models.forEach(model -> model.aliases().forEach(alias -> names.putIfAbsent(key(alias), model)));
        models.forEach(model -> names.putIfAbsent(key(model.provider() + '/' + model.name()), model));
        return names;
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
