package io.exai.provider.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The data files of providers: those on the class path, each changed by the user's file of the same name if there is one,
 * and the user's others.
 */
final class VendorFiles {
    private static final String FOLDER = "catalogue/";
    private static final String EXTENSION = ".json";
    private static final String NAME = "[a-z][a-z0-9-]{0,39}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private VendorFiles() {}

    /**
     * All providers, the preferred ones first.
     *
     * @param folder of the user's files; blank for none
     * @throws IllegalArgumentException when a file is malformed
     */
    static List<Vendor> read(String folder) {
        var vendors = new ArrayList<Vendor>();
        Map<String, Path> own = own(folder);
        for (String name : resource("index.txt").lines().toList()) {
            String file = name + EXTENSION;
            ObjectNode json = parse(FOLDER + file, resource(file));
            Path changes = own.remove(name);
            if (changes != null) {
                json = merged(json, parse(changes.toString(), text(changes)));
            }
            vendors.add(VendorFile.read(changes == null ? FOLDER + file : changes.toString(), name, json, false));
        }
        own.forEach((name, path) ->
                vendors.add(VendorFile.read(path.toString(), name, parse(path.toString(), text(path)), true)));
        vendors.sort(Comparator.comparingInt(Vendor::preference).thenComparing(Vendor::name));
        return vendors;
    }

    private static Map<String, Path> own(String folder) {
        var files = new LinkedHashMap<String, Path>();
        if (folder.isBlank()) {
            return files;
        }
        try (Stream<Path> listed = Files.list(Path.of(folder.strip()))) {
            listed.filter(path -> path.toString().endsWith(EXTENSION)).sorted().forEach(path -> {
                String name = path.getFileName().toString().replace(EXTENSION, "");
                if (!name.matches(NAME)) {
                    throw new IllegalArgumentException(
                            path + ": name: " + name + " (expected: a to z, then a to z, 0 to 9 and -, up to 40)");
                }
                files.put(name, path);
            });
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "exai.providers.folder: " + folder + " (expected: a readable folder)", unreadable);
        }
        return files;
    }

    /** The user's fields win; models are matched by name. */
    private static ObjectNode merged(ObjectNode ours, ObjectNode theirs) {
        ObjectNode all = ours.deepCopy();
        theirs.properties().forEach(field -> {
            if (field.getKey().equals("models") && field.getValue() instanceof ArrayNode changes) {
                all.set("models", models(ours.withArray("models"), changes));
            } else {
                all.set(field.getKey(), field.getValue());
            }
        });
        return all;
    }

    private static ArrayNode models(ArrayNode ours, ArrayNode theirs) {
        var byName = new LinkedHashMap<String, JsonNode>();
        ours.forEach(model -> byName.put(model.path("name").asText(), model.deepCopy()));
        theirs.forEach(model -> byName.merge(model.path("name").asText(), model, (old, changes) -> {
            if (old instanceof ObjectNode whole && changes instanceof ObjectNode some) {
                whole.setAll(some);
            }
            return old;
        }));
        return JSON.createArrayNode().addAll(byName.values());
    }

    private static ObjectNode parse(String file, String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException(file + ": no object (expected: a JSON object)");
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(file + ": not JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(path + " (expected: a readable file)", unreadable);
        }
    }

    private static String resource(String name) {
        try (var in = VendorFiles.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalArgumentException(FOLDER + name + ": missing (expected: a resource)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FOLDER + name, unreadable);
        }
    }
}
