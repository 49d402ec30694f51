package io.exai.server.e2e;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One WebSocket frame as a server sends it; {@link #END} stands for the end of the connection. */
record WireFrame(int opcode, byte[] payload) {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;
    static final WireFrame END = new WireFrame(-1, new byte[0]);

    private static final int MASKED = 0x80;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    static WireFrame read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        return new WireFrame(first & 0x0f, in.readNBytes(Math.toIntExact(length)));
    }

    /** A masked frame; {@code first} is FIN, reserved bits and opcode. */
    static byte[] masked(int first, byte[] payload) {
        byte[] head = head(first, payload.length);
        byte[] frame = new byte[head.length + payload.length];
        System.arraycopy(head, 0, frame, 0, head.length);
        for (int i = 0; i < payload.length; i++) {
            frame[head.length + i] = (byte) (payload[i] ^ MASK[i & 3]);
        }
        return frame;
    }

    /** The head of a masked frame that announces a payload of that many bytes. */
    static byte[] head(int first, long length) {
        ByteBuffer head = ByteBuffer.allocate(14).put((byte) first);
        if (length < 126) {
            head.put((byte) (MASKED | length));
        } else if (length < 1 << 16) {
            head.put((byte) (MASKED | 126)).putShort((short) length);
        } else {
            head.put((byte) (MASKED | 127)).putLong(length);
        }
        head.put(MASK);
        byte[] bytes = new byte[head.position()];
        head.flip().get(bytes);
        return bytes;
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** Of a close frame; 1005 when it names none. */
    int closeCode() {
        return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }
}
