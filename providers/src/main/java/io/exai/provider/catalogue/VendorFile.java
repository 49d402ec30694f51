package io.exai.provider.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one provider's data file strictly: a missing, unknown or mistyped field fails with its name and its file. */
final class VendorFile {
    private static final Set<String> FIELDS = Set.of(
            "title", "dialect", "baseUrl", "keyNeeded", "preference", "pricesOf", "defaults", "models", "unlisted");

    private final String provider;
    private final Section root;
    private final ObjectNode defaults;

    private VendorFile(String file, String provider, ObjectNode json) {
        this.provider = provider;
        this.root = new Section(file, "", json);
        this.defaults = json.get("defaults") instanceof ObjectNode given ? given : json.objectNode();
    }

    /**
     * Reads a whole document.
     *
     * @param own whether the user brought it
     * @throws IllegalArgumentException that names file, field, value and what was expected
     */
    static Vendor read(String file, String provider, ObjectNode json, boolean own) {
        return new VendorFile(file, provider, json).vendor(own);
    }

    private Vendor vendor(boolean own) {
        root.onlyKnown(FIELDS);
        List<Model> models = models();
        JsonNode unlisted = root.json().path("unlisted");
        if (models.isEmpty() && unlisted.isMissingNode()) {
            throw root.wrong("models", "a list with at least one model, or unlisted");
        }
        return new Vendor(
                provider,
                root.text("title", provider),
                dialect(),
                root.text("baseUrl", ""),
                root.flag("keyNeeded", false),
                root.whole("preference", 1, 1_000_000, 100),
                own,
                models,
                unlisted.isMissingNode() ? null : model("unlisted", unlisted, "unlisted"));
    }

    private Dialect dialect() {
        String label = root.text("dialect", Dialect.COMPATIBLE.label());
        return Arrays.stream(Dialect.values())
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> root.wrong(
                        "dialect",
                        String.join(
                                ", ",
                                Arrays.stream(Dialect.values())
                                        .map(Dialect::label)
                                        .toList())));
    }

    private List<Model> models() {
        JsonNode list = root.json().path("models");
        if (!list.isMissingNode() && !list.isArray()) {
            throw root.wrong("models", "a list");
        }
        var models = new ArrayList<Model>();
        var names = new ArrayList<String>();
        for (int i = 0; i < list.size(); i++) {
            Model model = model("models[" + i + "]", list.get(i), null);
            if (names.contains(model.name().toLowerCase(Locale.ROOT))) {
                throw root.wrong("models[" + i + "].name", "a name that no other model of the file has");
            }
            names.add(model.name().toLowerCase(Locale.ROOT));
            models.add(model);
        }
        return models;
    }

    private Model model(String at, JsonNode node, @Nullable String name) {
        if (!(node instanceof ObjectNode given)) {
            throw root.wrong(at, "an object");
        }
        ObjectNode whole = defaults.deepCopy();
        whole.setAll(given);
        return new ModelSection(new Section(root.file(), at + '.', whole), provider).model(name);
    }
}
