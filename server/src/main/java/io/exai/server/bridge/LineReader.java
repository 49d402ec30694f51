package io.exai.server.bridge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into lines. Ends of line are LF or CRLF; empty lines are skipped; of a line over the limit only
 * its head and tail are kept. For one thread.
 */
final class LineReader {
    /** How much of either end of a line that is too long is kept, in bytes. */
    static final int KEPT = 1024;

    private static final int CHUNK = 64 * 1024;
    /** Above this, a buffer that a long line has left behind is not kept for the next. */
    private static final int SPARE = 1024 * 1024;

    private final InputStream in;
    private final int limit;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int end;
    private ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] head = {};
    private byte[] tail = {};
    private long skipped;

    /** {@code limit} is the length of the longest line, in bytes, without its end. */
    LineReader(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** The next line; null at the end of the stream. What stands there without an end counts as a line. */
    @Nullable
    Line next() throws IOException {
        while (true) {
            if (at == end && !fill()) {
                return cut();
            }
            int newline = newline();
            take(chunk, at, newline - at);
            at = newline;
            if (newline < end) {
                at++;
                Line cut = cut();
                if (cut != null) {
                    return cut;
                }
            }
        }
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(chunk));
        return end > 0;
    }

    private int newline() {
        int found = at;
        while (found < end && chunk[found] != '\n') {
            found++;
        }
        return found;
    }

    /** One byte over the limit may be the CR of the end. */
    private void take(byte[] from, int offset, int length) {
        if (skipped == 0 && (long) line.size() + length <= limit + 1L) {
            line.write(from, offset, length);
            return;
        }
        if (skipped == 0) {
            skip(line.toByteArray());
            line = new ByteArrayOutputStream();
        }
        skip(Arrays.copyOfRange(from, offset, offset + length));
    }

    private void skip(byte[] bytes) {
        skipped += bytes.length;
        if (head.length < KEPT) {
            head = Arrays.copyOf(join(head, bytes), Math.min(KEPT, head.length + bytes.length));
        }
        byte[] joined = join(tail, bytes.length > KEPT ? last(bytes) : bytes);
        tail = joined.length > KEPT ? last(joined) : joined;
    }

    private static byte[] last(byte[] bytes) {
        return Arrays.copyOfRange(bytes, bytes.length - KEPT, bytes.length);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    /** What has been taken so far as a line; null when it is empty. */
    private @Nullable Line cut() {
        if (skipped > 0) {
            return tooLong();
        }
        byte[] bytes = withoutReturn(line.toByteArray());
        if (bytes.length > limit) {
            skip(bytes);
            line.reset();
            return tooLong();
        }
        if (line.size() > SPARE) {
            line = new ByteArrayOutputStream();
        } else {
            line.reset();
        }
        return bytes.length == 0 ? null : new Line.Whole(bytes);
    }

    private Line tooLong() {
        boolean returned = tail[tail.length - 1] == '\r';
        Line cut = new Line.TooLong(returned ? skipped - 1 : skipped, head, withoutReturn(tail));
        skipped = 0;
        head = new byte[0];
        tail = new byte[0];
        return cut;
    }

    private static byte[] withoutReturn(byte[] bytes) {
        return bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }
}
