package io.exai.server.bench.load;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket frame from the server, as a part of the bytes it arrived in.
 *
 * @param from where its payload begins
 * @param to where its payload, and the frame, ends
 */
record Frame(int opcode, boolean isFinal, int from, int to) {
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** Null when the frame is not whole yet. */
    static @Nullable Frame read(byte[] bytes, int from, int to) {
        if (to - from < 2) {
            return null;
        }
        var shortLength = bytes[from + 1] & 0x7f;
        var extra = shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0;
        var begin = from + 2 + extra;
        if (begin > to) {
            return null;
        }
        var length = extra == 0 ? shortLength : number(bytes, from + 2, extra);
        if (to - begin < length) {
            return null;
        }
        return new Frame(bytes[from] & 0x0f, bytes[from] < 0, begin, begin + (int) length);
    }

    /** A whole frame as a client sends it, with a random mask. */
    static byte[] masked(int opcode, byte[] payload) {
        var extra = payload.length < 126 ? 0 : payload.length < 65536 ? 2 : 8;
        var bytes = new byte[2 + extra + 4 + payload.length];
        bytes[0] = (byte) (0x80 | opcode);
        bytes[1] = (byte) (0x80 | (extra == 0 ? payload.length : extra == 2 ? 126 : 127));
        put(bytes, 2, extra, payload.length);
        var mask = 2 + extra;
        put(bytes, mask, 4, ThreadLocalRandom.current().nextInt());
        for (int i = 0; i < payload.length; i++) {
            bytes[mask + 4 + i] = (byte) (payload[i] ^ bytes[mask + (i & 3)]);
        }
        return bytes;
    }

    private static long number(byte[] bytes, int from, int size) {
        var number = 0L;
        for (int i = from; i < from + size; i++) {
            number = (number << 8) | (bytes[i] & 0xff);
        }
        return number;
    }

    private static void put(byte[] bytes, int from, int size, long number) {
        for (int i = 0; i < size; i++) {
            bytes[from + i] = (byte) (number >>> (8 * (size - 1 - i)));
        }
    }
}
