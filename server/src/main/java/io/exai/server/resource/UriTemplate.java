package io.exai.server.resource;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI template with one simple expression, such as {@code exai://models/{name}}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6570#section-3.2.2">RFC 6570, simple string expansion</a>
 */
public final class UriTemplate {
    private static final Pattern FORM = Pattern.compile("([^{}]*)\\{([A-Za-z0-9_]+)}([^{}]*)");

    private final String variable;
    private final Pattern uris;

    private UriTemplate(String variable, Pattern uris) {
        this.variable = variable;
        this.uris = uris;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException when it has not exactly one expression
     */
    public static UriTemplate parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(text + ": not a template (expected: one {name} in it)");
        }
        Pattern uris = Pattern.compile(Pattern.quote(form.group(1)) + "([^/?#]+)" + Pattern.quote(form.group(3)));
        return new UriTemplate(form.group(2), uris);
    }

    /** The name in the expression. */
    public String variable() {
        return variable;
    }

    /** What stands in place of the expression, decoded; empty when the URI is not of this template. */
    Optional<String> match(String uri) {
        Matcher found = uris.matcher(uri);
        if (!found.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(URLDecoder.decode(found.group(1).replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException badlyEncoded) {
            return Optional.empty();
        }
    }
}
