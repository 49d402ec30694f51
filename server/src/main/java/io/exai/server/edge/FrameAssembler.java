package io.exai.server.edge;

import io.exai.protocol.frame.CloseCode;
import io.exai.protocol.frame.Utf8;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a client's WebSocket frames together to messages, by the rules of RFC 6455 for a server. Sizes are counted in
 * wire bytes as they arrive, so an oversized message is refused before it is held in memory.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5">RFC 6455, data framing</a>
 */
final class FrameAssembler {
    /** What the frames amount to. */
    sealed interface Event {
        /** One whole message, valid UTF-8. */
        record Text(byte[] utf8) implements Event {}

        record Ping(byte[] payload) implements Event {}

        record Pong(byte[] payload) implements Event {}

        /** The peer closes; 1005 when it gives no code. */
        record PeerClosed(int code) implements Event {}

        /** The peer broke the rules and the connection must close. */
        record Violation(CloseCode code, String why) implements Event {}
    }

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MAX_CONTROL = 125;
    private static final int NO_STATUS = 1005;

    private long limit;
    private final Consumer<Event> events;
    private byte[] message = new byte[0];
    private int messageLength;
    private boolean inMessage;
    private byte[] control = new byte[0];
    private int controlLength;
    private int opcode;
    private boolean fin;
    private long remaining;
    private int mask;
    private int maskAt;
    private boolean broken;

    /** {@code limit} bounds one message, in bytes of payload. */
    FrameAssembler(long limit, Consumer<Event> events) {
        this.limit = limit;
        this.events = events;
    }

    /** Another bound for what begins or goes on after this. */
    void limit(long newLimit) {
        limit = newLimit;
    }

    /** A frame begins; {@code data} is as much of its masked payload as has arrived, and is overwritten. */
    void start(int newOpcode, boolean newFin, boolean reserved, @Nullable Integer newMask, long length, byte[] data) {
        if (broken) {
            return;
        }
        String wrong = wrong(newOpcode, newFin, reserved, newMask, length);
        if (wrong != null) {
            violate(newOpcode == 2 ? CloseCode.BINARY_NOT_ACCEPTED : CloseCode.PROTOCOL_ERROR, wrong);
            return;
        }
        if (newOpcode < CLOSE && length > limit - messageLength) {
            violate(CloseCode.TOO_BIG, "message over " + limit + " bytes");
            return;
        }
        opcode = newOpcode;
        fin = newFin;
        remaining = length;
        mask = newMask == null ? 0 : newMask;
        maskAt = 0;
        if (opcode == TEXT && fin && data.length == length) {
            unmask(data);
            emitText(data);
        } else {
            inMessage |= opcode < CLOSE;
            data(data);
        }
    }

    /** More masked payload of the frame at hand; {@code data} is overwritten. */
    void data(byte[] data) {
        if (broken) {
            return;
        }
        unmask(data);
        if (opcode >= CLOSE) {
            control = append(control, controlLength, data);
            controlLength += data.length;
        } else {
            message = append(message, messageLength, data);
            messageLength += data.length;
        }
        remaining -= data.length;
        if (remaining == 0) {
            end();
        }
    }

    private @Nullable String wrong(
            int newOpcode, boolean newFin, boolean reserved, @Nullable Integer newMask, long length) {
        if (reserved) {
            return "reserved bits are set";
        } else if (newMask == null) {
            return "frame of a client is not masked";
        } else if (newOpcode == 2) {
            return "binary frame (expected: text)";
        } else if (newOpcode >= CLOSE) {
            return newOpcode > PONG || !newFin || length > MAX_CONTROL ? "bad control frame" : null;
        } else if (newOpcode > TEXT) {
            return "unknown opcode " + newOpcode;
        }
        return (newOpcode == TEXT) == inMessage ? "continuation out of place" : null;
    }

    private void end() {
        if (opcode < CLOSE) {
            if (fin) {
                byte[] whole = Arrays.copyOf(message, messageLength);
                message = new byte[0];
                messageLength = 0;
                inMessage = false;
                emitText(whole);
            }
            return;
        }
        byte[] payload = Arrays.copyOf(control, controlLength);
        controlLength = 0;
        switch (opcode) {
            case PING -> events.accept(new Event.Ping(payload));
            case PONG -> events.accept(new Event.Pong(payload));
            default -> peerClosed(payload);
        }
    }

    private void emitText(byte[] utf8) {
        if (Utf8.isValid(utf8, 0, utf8.length)) {
            events.accept(new Event.Text(utf8));
        } else {
            violate(CloseCode.INVALID_UTF8, "text is not UTF-8");
        }
    }

    private void peerClosed(byte[] payload) {
        if (payload.length == 0) {
            events.accept(new Event.PeerClosed(NO_STATUS));
            return;
        }
        int code = payload.length == 1 ? 0 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        boolean valid = code >= 1000
                && code < 5000
                && code != 1004
                && code != 1005
                && code != 1006
                && code != 1015
                && (code >= 3000 || code <= 1014);
        if (!valid) {
            violate(CloseCode.PROTOCOL_ERROR, "bad close code " + code);
        } else if (!Utf8.isValid(payload, 2, payload.length - 2)) {
            violate(CloseCode.INVALID_UTF8, "close reason is not UTF-8");
        } else {
            events.accept(new Event.PeerClosed(code));
        }
    }

    private void violate(CloseCode code, String why) {
        broken = true;
        message = new byte[0];
        events.accept(new Event.Violation(code, why));
    }

    private void unmask(byte[] data) {
        for (int i = 0; i < data.length; i++) {
            data[i] ^= (byte) (mask >>> (24 - 8 * (maskAt++ & 3)));
        }
    }

    private static byte[] append(byte[] to, int length, byte[] more) {
        byte[] room = length + more.length <= to.length
                ? to
                : Arrays.copyOf(to, Math.max(length + more.length, (int)
                        Math.min(Integer.MAX_VALUE - 8L, to.length * 2L)));
        System.arraycopy(more, 0, room, length, more.length);
        return room;
    }
}
