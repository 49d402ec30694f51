package io.exai.provider.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Turns the bytes of an event stream into the data of its events, however the bytes are split.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">parsing</a>
 */
public final class SseParser {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);

    private final int maxSize;
    private final Consumer<String> events;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private byte[] line = new byte[512];
    private int length;
    private boolean firstLine = true;
    private boolean afterReturn;
    private boolean pending;

    /**
     * @param maxSize bytes of one line, and of the data of one event
     * @param events receives the data of each event, lines joined by LF
     */
    public SseParser(int maxSize, Consumer<String> events) {
        this.maxSize = maxSize;
        this.events = events;
    }

    /** Throws {@link BadAnswer} when a line or an event is too large. */
    public void feed(byte[] bytes) {
        for (byte b : bytes) {
            feed(b);
        }
    }

    /** Ends the stream: an event without its blank line still counts, a line without its end does not. */
    public void end() {
        dispatch();
    }

    private void feed(byte b) {
        boolean paired = afterReturn && b == '\n';
        afterReturn = b == '\r';
        if (paired) {
            return;
        }
        if (b == '\n' || b == '\r') {
            endLine();
        } else {
            append(b);
        }
    }

    private void append(byte b) {
        if (length == maxSize) {
            throw tooLarge();
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, length * 2);
        }
        line[length++] = b;
    }

    private void endLine() {
        int start = firstLine && startsWith(BOM, 0) ? BOM.length : 0;
        firstLine = false;
        if (length == start) {
            dispatch();
        } else if (startsWith(DATA, start)) {
            readData(start + DATA.length);
        }
        length = 0;
    }

    /** The field is {@code data} only when the name ends here: by a colon or with the line. */
    private void readData(int at) {
        if (at < length && line[at] != ':') {
            return;
        }
        int from = Math.min(at + 1, length);
        if (from < length && line[from] == ' ') {
            from++;
        }
        if (pending) {
            data.write('\n');
        }
        if (data.size() + length - from > maxSize) {
            throw tooLarge();
        }
        data.write(line, from, length - from);
        pending = true;
    }

    private void dispatch() {
        if (pending) {
            String event = data.toString(StandardCharsets.UTF_8);
            data.reset();
            pending = false;
            events.accept(event);
        }
    }

    private boolean startsWith(byte[] prefix, int from) {
        return length >= from + prefix.length
                && Arrays.equals(line, from, from + prefix.length, prefix, 0, prefix.length);
    }

    private BadAnswer tooLarge() {
        return new BadAnswer("sent an event larger than " + maxSize + " bytes");
    }
}
