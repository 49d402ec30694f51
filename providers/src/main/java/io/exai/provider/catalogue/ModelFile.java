package io.exai.provider.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads catalogue data files strictly: a missing, unknown or mistyped field fails with its name and its file. */
final class ModelFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FIELDS =
            List.of("name", "aliases", "contextWindow", "maxOutputTokens", "images", "tools", "thinking", "rank");

    private final String file;
    private final String provider;

    private ModelFile(String file, String provider) {
        this.file = file;
        this.provider = provider;
    }

    /** The models in {@code catalogue/<provider>.json} on the class path. */
    static List<Model> read(String provider) {
        String file = "catalogue/" + provider + ".json";
        try (var in = ModelFile.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException(file + ": missing (expected: a resource on the class path)");
            }
            return parse(file, provider, in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file, unreadable);
        }
    }

    static List<Model> parse(String file, String provider, byte[] bytes) {
        return new ModelFile(file, provider).models(bytes);
    }

    private List<Model> models(byte[] bytes) {
        JsonNode list = tree(bytes).path("models");
        if (!list.isArray() || list.isEmpty()) {
            throw wrong("models", list, "a list with at least one model");
        }
        var models = new ArrayList<Model>();
        for (int i = 0; i < list.size(); i++) {
            models.add(model(list.get(i), "models[" + i + "]"));
        }
        return List.copyOf(models);
    }

    private JsonNode tree(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(file + ": not JSON: " + malformed.getOriginalMessage(), malformed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file, unreadable);
        }
    }

    private Model model(JsonNode node, String at) {
        if (!node.isObject()) {
            throw wrong(at, node, "an object");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw wrong(at + '.' + name, node.path(name), "one of " + String.join(", ", FIELDS));
            }
        });
        return new Model(
                name(node.path("name"), at + ".name"),
                provider,
                aliases(node.path("aliases"), at + ".aliases"),
                count(node, "contextWindow", at),
                count(node, "maxOutputTokens", at),
                flag(node, "images", at),
                flag(node, "tools", at),
                flag(node, "thinking", at),
                count(node, "rank", at));
    }

    private String name(JsonNode value, String at) {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrong(at, value, "a name");
        }
        return value.textValue();
    }

    private List<String> aliases(JsonNode value, String at) {
        if (!value.isArray()) {
            throw wrong(at, value, "a list of names");
        }
        var names = new ArrayList<String>();
        for (int i = 0; i < value.size(); i++) {
            names.add(name(value.get(i), at + '[' + i + ']'));
        }
        return names;
    }

    private int count(JsonNode node, String field, String at) {
        JsonNode value = node.path(field);
        if (!value.isInt() || value.intValue() < 1) {
            throw wrong(at + '.' + field, value, "a whole number of at least 1");
        }
        return value.intValue();
    }

    private boolean flag(JsonNode node, String field, String at) {
        JsonNode value = node.path(field);
        if (!value.isBoolean()) {
            throw wrong(at + '.' + field, value, "true or false");
        }
        return value.booleanValue();
    }

    private IllegalArgumentException wrong(String field, JsonNode value, String expected) {
        String found = value.isMissingNode() ? "missing" : value.toString();
        return new IllegalArgumentException(file + ": " + field + ": " + found + " (expected: " + expected + ')');
    }
}
