package io.exai.server.e2e;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What an HTTP server answered to one request, word for word. */
record HttpReply(int status, Map<String, String> headers, String body) {
    private static final int LONGEST_HEAD = 64 * 1024;

    /** Reads a head, and the body its length announces; nothing behind it. */
    static HttpReply read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || head.size() > LONGEST_HEAD) {
                throw new EOFException("no HTTP answer: " + head.toString(StandardCharsets.US_ASCII));
            }
            head.write(next);
        }
        List<String> lines = head.toString(StandardCharsets.US_ASCII).lines().toList();
        Map<String, String> headers = headers(lines.subList(1, lines.size()));
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new HttpReply(Integer.parseInt(lines.get(0).substring(9, 12)), headers, body);
    }

    /** Empty when there is none. */
    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    private static Map<String, String> headers(List<String> lines) {
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }
}
