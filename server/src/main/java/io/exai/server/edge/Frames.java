package io.exai.server.edge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pekko.http.impl.engine.ws.FrameData;
import org.apache.pekko.http.impl.engine.ws.FrameEvent;
import org.apache.pekko.http.impl.engine.ws.FrameEvent$;
import org.apache.pekko.http.impl.engine.ws.FrameHeader;
import org.apache.pekko.http.impl.engine.ws.FrameStart;
import org.apache.pekko.http.impl.engine.ws.Protocol;
import org.apache.pekko.http.impl.engine.ws.Protocol.Opcode$;
import org.apache.pekko.util.ByteString;
import scala.Option;

/** Frames of the WebSocket engine: ours, whole and unmasked, and the pieces of a client's. */
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

    /** Gives the assembler what has arrived. */
    static void pass(FrameEvent event, FrameAssembler assembler) {
        if (event instanceof FrameStart start) {
            FrameHeader header = start.header();
            assembler.start(
                    header.opcode().code(),
                    header.fin(),
                    header.rsv1() || header.rsv2() || header.rsv3(),
                    header.mask().isEmpty() ? null : (Integer) header.mask().get(),
                    header.length(),
                    bytes(start.data()));
        } else if (event instanceof FrameData data) {
            assembler.data(bytes(data.data()));
        }
    }

    private static byte[] bytes(ByteString data) {
        byte[] copy = new byte[data.size()];
        data.asByteBuffer().get(copy);
        return copy;
    }

    private static FrameEvent frame(Protocol.Opcode opcode, byte[] payload) {
        return FrameEvent$.MODULE$.fullFrame(
                opcode, Option.empty(), ByteString.fromArrayUnsafe(payload), true, false, false, false);
    }
}
