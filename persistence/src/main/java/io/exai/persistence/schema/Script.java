package io.exai.persistence.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One numbered file of statements, each of which may be run again without harm. */
record Script(int version, String folder, String title) {
    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");

    /** What is written beside the version, so that tables of another dialect are recognised. */
    String description() {
        return title + " (" + folder + ")";
    }

    String resource() {
        return "/schema/%s/%04d-%s.sql".formatted(folder, version, title);
    }

    String text() {
        try (var stream = Script.class.getResourceAsStream(resource())) {
            if (stream == null) {
                throw new IllegalStateException(resource() + ": missing (expected: on the class path)");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> statements() {
        return Stream.of(COMMENT.matcher(text()).replaceAll("").split(";", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
