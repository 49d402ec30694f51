package io.exai.server.definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds pairs {@code NAME.json} and {@code NAME.md}: those in the jar, and those of a user's folder. */
public final class DefinitionFiles {
    private DefinitionFiles() {}

    /**
     * One pair.
     *
     * @param file name of the first, as a message should have it
     */
    public record Pair(String file, String json, String text) {}

    /**
     * All pairs, the user's last.
     *
     * @param kind of definition; names the folder in the jar, which has an {@code index.txt}
     * @param folder of the user; empty for none
     * @throws IllegalArgumentException when a file is missing or unreadable, naming it
     */
    public static List<Pair> find(String kind, String folder) {
        List<Pair> pairs = new ArrayList<>();
        for (String name : resource(kind, "index.txt").lines().toList()) {
            pairs.add(new Pair(name + ".json", resource(kind, name + ".json"), resource(kind, name + ".md")));
        }
        if (!folder.isBlank()) {
            for (Path file : definitions(kind, Path.of(folder))) {
                Path text = file.resolveSibling(file.getFileName().toString().replaceFirst("\\.json$", ".md"));
                pairs.add(new Pair(file.toString(), read(file), read(text)));
            }
        }
        return pairs;
    }

    private static List<Path> definitions(String kind, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    folder + ": cannot be read (expected: a folder of " + kind + "s)", unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + ": cannot be read (expected: a UTF-8 file)", unreadable);
        }
    }

    private static String resource(String kind, String name) {
        String path = "/" + kind + "/" + name;
        try (InputStream in = DefinitionFiles.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException(path + ": missing (expected: a resource of this jar)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
