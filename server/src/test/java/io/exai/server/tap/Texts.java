package io.exai.server.tap;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The text messages on one direction of a WebSocket connection, put together from their frames. */
final class Texts {
    private static final int LARGEST = 1 << 26;

    private final DataInputStream in;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    Texts(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** Fails at the end, and on frames that nobody would send. */
    String next() throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            byte[] payload = payload();
            boolean control = (first & 0x08) != 0;
            if (!control) {
                message.writeBytes(payload);
            }
            if (!control && (first & 0x80) != 0) {
                String text = message.toString(StandardCharsets.UTF_8);
                message.reset();
                return text;
            }
        }
    }

    private byte[] payload() throws IOException {
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if (length < 0 || length > LARGEST) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] mask = in.readNBytes(second < 0x80 ? 0 : 4);
        byte[] payload = in.readNBytes((int) length);
        for (int i = 0; mask.length > 0 && i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return payload;
    }
}
