package io.exai.server.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.exai.server.edge.FrameAssembler.Event;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that sends frames, cut into pieces where it is told to, and what the server makes of them. */
final class ClientFrames {
    private static final int MASK = 0x37fa213d;

    private final List<String> events = new ArrayList<>();
    private final FrameAssembler assembler;

    ClientFrames(long limit) {
        assembler = new FrameAssembler(limit, event -> events.add(describe(event)));
    }

    List<String> events() {
        return events;
    }

    void send(Frame... frames) {
        for (Frame frame : frames) {
            sendIn(frame.payload().length, frame);
        }
    }

    /** Sends the payload in pieces of that many bytes. */
    void sendIn(int piece, Frame frame) {
        byte[] masked = frame.maskedPayload();
        int first = Math.min(piece, masked.length);
        assembler.start(
                frame.opcode(),
                frame.fin(),
                frame.hasReservedBits(),
                frame.mask(),
                masked.length,
                Arrays.copyOf(masked, first));
        for (int at = first; at < masked.length; at += Math.max(1, piece)) {
            assembler.data(Arrays.copyOfRange(masked, at, Math.min(masked.length, at + Math.max(1, piece))));
        }
    }

    /** Sends the header of a frame and nothing of its payload. */
    void announce(int opcode, boolean fin, long length) {
        assembler.start(opcode, fin, false, MASK, length, new byte[0]);
    }

    private static String describe(Event event) {
        if (event instanceof Event.Text text) {
            return "text " + new String(text.utf8(), UTF_8);
        } else if (event instanceof Event.Ping ping) {
            return "ping " + new String(ping.payload(), UTF_8);
        } else if (event instanceof Event.Pong pong) {
            return "pong " + new String(pong.payload(), UTF_8);
        } else if (event instanceof Event.PeerClosed closed) {
            return "closed " + closed.code();
        }
        Event.Violation violation = (Event.Violation) event;
        return "violation " + violation.code().code() + " " + violation.why();
    }

    /** One frame of a client; whole, final and masked unless told otherwise. */
    record Frame(
            int opcode,
            boolean fin,
            boolean hasReservedBits,
            @Nullable Integer mask,
            byte[] payload) {
        Frame(int opcode, byte[] payload) {
            this(opcode, true, false, MASK, payload);
        }

        static Frame text(String text) {
            return new Frame(1, text.getBytes(UTF_8));
        }

        static Frame more(String text) {
            return new Frame(0, text.getBytes(UTF_8));
        }

        static Frame close(int code, String reason) {
            byte[] why = reason.getBytes(UTF_8);
            return new Frame(
                    8,
                    ByteBuffer.allocate(2 + why.length)
                            .putShort((short) code)
                            .put(why)
                            .array());
        }

        Frame unfinished() {
            return new Frame(opcode, false, hasReservedBits, mask, payload);
        }

        Frame reserved() {
            return new Frame(opcode, fin, true, mask, payload);
        }

        Frame unmasked() {
            return new Frame(opcode, fin, hasReservedBits, null, payload);
        }

        Frame masked(int key) {
            return new Frame(opcode, fin, hasReservedBits, key, payload);
        }

        byte[] maskedPayload() {
            byte[] masked = payload.clone();
            byte[] key = ByteBuffer.allocate(4).putInt(mask == null ? 0 : mask).array();
            for (int i = 0; i < masked.length; i++) {
                masked[i] ^= key[i % 4];
            }
            return masked;
        }
    }
}
