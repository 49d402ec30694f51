package io.exai.server.tool;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code {{name}}} places of a text. */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z][a-zA-Z0-9_]*)}}");

    private Template() {}

    static String fill(String text, Function<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(values.apply(place.group(1))));
    }
}
