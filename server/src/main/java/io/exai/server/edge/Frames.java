package io.exai.server.edge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pekko.http.impl.engine.ws.FrameEvent;
import org.apache.pekko.http.impl.engine.ws.FrameEvent$;
import org.apache.pekko.http.impl.engine.ws.Protocol;
import org.apache.pekko.http.impl.engine.ws.Protocol.Opcode$;
import org.apache.pekko.util.ByteString;
import scala.Option;

/** Frames of a server: whole and unmasked. */
final class Frames {
    private static final Protocol.Opcode TEXT = Opcode$.MODULE$.forCode((byte) 1);
    private static final Protocol.Opcode CLOSE = Opcode$.MODULE$.forCode((byte) 8);
    private static final Protocol.Opcode PING = Opcode$.MODULE$.forCode((byte) 9);
    private static final Protocol.Opcode PONG = Opcode$.MODULE$.forCode((byte) 10);
    private static final int MAX_REASON = 123;

    private Frames() {}

    /** The array belongs to the frame from now on. */
    static FrameEvent text(byte[] utf8) {
        return frame(TEXT, utf8);
    }

    static FrameEvent ping(byte[] payload) {
        return frame(PING, payload);
    }

    static FrameEvent pong(byte[] payload) {
        return frame(PONG, payload);
    }

    /** The reason is ASCII and cut at 123 bytes. */
    static FrameEvent close(int code, String reason) {
        byte[] why = reason.getBytes(StandardCharsets.US_ASCII);
        byte[] cut = Arrays.copyOf(why, Math.min(why.length, MAX_REASON));
        return frame(
                CLOSE,
                ByteBuffer.allocate(2 + cut.length)
                        .putShort((short) code)
                        .put(cut)
                        .array());
    }

    static long size(FrameEvent frame) {
        return frame.data().size();
    }

    private static FrameEvent frame(Protocol.Opcode opcode, byte[] payload) {
        return FrameEvent$.MODULE$.fullFrame(
                opcode, Option.empty(), ByteString.fromArrayUnsafe(payload), true, false, false, false);
    }
}
