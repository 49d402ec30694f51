package io.exai.protocol.frame;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes server-sent events. Our data never holds a line end, as it is compact JSON.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, server-sent events</a>
 */
public final class ServerSentEvent {
    private ServerSentEvent() {}

    /** One message, with an id when the client may come back for what follows it. */
    public static byte[] message(@Nullable String id, byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 64);
        text(out, "event: message\n");
        if (id != null) {
            text(out, "id: " + id + "\n");
        }
        text(out, "data: ");
        out.writeBytes(json);
        text(out, "\n\n");
        return out.toByteArray();
    }

    /** No message: only an id to come back with, and when to. */
    public static byte[] priming(String id, long retryMillis) {
        return ("id: " + id + "\nretry: " + retryMillis + "\ndata: \n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** When to come back, before the connection is closed. */
    public static byte[] retry(long retryMillis) {
        return ("retry: " + retryMillis + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The first event of the transport of 2024-11-05: where to post to. */
    public static byte[] endpoint(String uri) {
        return ("event: endpoint\ndata: " + uri + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A comment, which keeps the stream from looking dead. */
    public static byte[] comment() {
        return ": alive\n\n".getBytes(StandardCharsets.UTF_8);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
