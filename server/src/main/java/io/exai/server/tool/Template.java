package io.exai.server.tool;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code {{name}}} places of a text. */
public final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z][a-zA-Z0-9_]*)}}");

    private Template() {}

    public static String fill(String text, Function<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(values.apply(place.group(1))));
    }

    /** The names in a text, each once, in order. */
    public static List<String> names(String text) {
        return PLACE.matcher(text)
                .results()
                .map(place -> place.group(1))
                .distinct()
                .toList();
    }
}
