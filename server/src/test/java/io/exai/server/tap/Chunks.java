package io.exai.server.tap;

import java.io.IOException;
import java.io.InputStream;

/** What is in the chunks of a chunked body. */
final class Chunks extends InputStream {
    private final InputStream in;
    private int left;
    private boolean begun;
    private boolean over;

    Chunks(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 && !over) {
            next();
        }
        if (over) {
            return -1;
        }
        int some = in.read(bytes, offset, Math.min(length, left));
        left -= Math.max(0, some);
        return some;
    }

    private void next() throws IOException {
        if (begun) {
            HttpHead.line(in);
        }
        begun = true;
        left = Integer.parseInt(HttpHead.line(in).split(";", 2)[0].strip(), 16);
        if (left == 0) {
            over = true;
            HttpHead.line(in);
        }
    }
}
