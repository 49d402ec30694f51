package io.exai.server.tap;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The first line of an HTTP message and its headers, by lower-case name. */
record HttpHead(List<String> line, Map<String, String> headers) {
    private static final int LONGEST = 1 << 18;

    /** Fails at the end, and on what is no HTTP. */
    static HttpHead read(InputStream in) throws IOException {
        String first = line(in);
        List<String> words = List.of(first.split(" ", 3));
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("no header: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        if (words.size() < 2) {
            throw new IOException("no HTTP: " + first);
        }
        return new HttpHead(words, headers);
    }

    /** Without its end. */
    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > LONGEST) {
                throw new EOFException("no line");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Empty when there is none. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The body as it was before it was put into chunks; {@code toTheEnd} when it may have no length. */
    InputStream body(InputStream in, boolean toTheEnd) throws IOException {
        if (header("transfer-encoding").equals("chunked")) {
            return new Chunks(in);
        } else if (toTheEnd && header("content-length").isEmpty()) {
            return in;
        }
        return new java.io.ByteArrayInputStream(
                in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
    }
}
