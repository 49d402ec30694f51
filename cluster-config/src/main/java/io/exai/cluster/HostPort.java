package io.exai.cluster;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address as settings hold it, {@code host:port}. */
public record HostPort(String host, int port) {
    static final int LARGEST = 65_535;

    private static final Pattern FORM = Pattern.compile("\\s*([^\\s:/]+|\\[[0-9a-fA-F:.]+]):([0-9]{1,5})\\s*");

    /** Empty when the text is not of that form. */
    static Optional<HostPort> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(2));
        return port < 1 || port > LARGEST ? Optional.empty() : Optional.of(new HostPort(matcher.group(1), port));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
