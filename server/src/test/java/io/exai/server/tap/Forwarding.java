package io.exai.server.tap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Passes on what it reads, but only after whoever reads it has come to its end: what is known of a message is known before. */
final class Forwarding extends InputStream {
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 16];
    private int passed;
    private int position;
    private int limit;

    Forwarding(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Passes on what has been read. */
    void pass() throws IOException {
        out.write(buffer, passed, position - passed);
        passed = position;
    }

    /** Passes on everything to the end, unread. */
    void passAll() throws IOException {
        position = limit;
        pass();
        in.transferTo(out);
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int some = Math.min(length, limit - position);
        System.arraycopy(buffer, position, bytes, offset, some);
        position += some;
        return some;
    }

    /** False at the end. */
    private boolean fill() throws IOException {
        if (position == limit) {
            pass();
            passed = 0;
            position = 0;
            limit = 0;
            limit = Math.max(0, in.read(buffer));
        }
        return position < limit;
    }
}
