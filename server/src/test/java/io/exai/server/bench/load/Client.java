package io.exai.server.bench.load;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One connection of the generator: upgrades, says hello, and answers pings by itself. */
final class Client {
    /** What it tells about itself. */
    interface Listener {
        /** The handshake is through. */
        void opened(Client client);

        /** A message other than the handshake's. */
        void heard(Client client, Reply reply);

        /** The connection is gone; told once, and not after {@link Client#close}. */
        void lost(Client client, String why);
    }

    private enum Stage {
        CONNECTING,
        UPGRADING,
        INITIALIZING,
        OPEN,
        CLOSED
    }

    private final Script script;
    private final Listener listener;
    private final Wire wire;
    private final long[] since;
    private Stage stage = Stage.CONNECTING;
    private long calls;

    /** Begins to connect; {@code inFlight} calls can be open at once. */
    Client(int port, int inFlight, Script script, Selector selector, Listener listener) throws IOException {
        this.script = script;
        this.listener = listener;
        this.since = new long[inFlight];
        this.wire = new Wire(port, selector, this);
    }

    int inFlight() {
        return since.length;
    }

    /** Sends the next call in place of the one that was answered. */
    void call(int slot, long now) {
        since[slot] = now;
        send(script.call(++calls * since.length + slot));
    }

    int slot(Reply reply) {
        return (int) (reply.id() % since.length);
    }

    /** When the call that is open in that place was sent. */
    long since(int slot) {
        return since[slot];
    }

    /** Does what its socket is ready for; {@code shared} is overwritten. */
    void ready(byte[] shared) {
        try {
            if (stage == Stage.CONNECTING && wire.finishConnect()) {
                stage = Stage.UPGRADING;
                send(script.upgrade());
            }
            wire.flush();
            if (wire.isReadable()) {
                read(shared);
            }
        } catch (IOException | CancelledKeyException broken) {
            lose(broken.getClass().getSimpleName());
        }
    }

    void close() {
        stage = Stage.CLOSED;
        wire.close();
    }

    private void read(byte[] shared) throws IOException {
        var end = wire.read(shared);
        if (end < 0) {
            lose("closed by the server");
            return;
        }
        var from = 0;
        for (var next = take(shared, 0, end); next > from; next = take(shared, from, end)) {
            from = next;
        }
        wire.keep(shared, from, end);
    }

    /** Consumes one thing that is whole and returns where it ends, {@code from} when there is none. */
    private int take(byte[] bytes, int from, int to) throws IOException {
        if (stage == Stage.CLOSED || from == to) {
            return from;
        }
        if (stage == Stage.UPGRADING) {
            return from + upgraded(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        }
        var frame = Frame.read(bytes, from, to);
        if (frame == null) {
            return from;
        }
        take(frame, bytes);
        return frame.to();
    }

    /** Returns the length of the response's head, 0 when it is not whole. */
    private int upgraded(String head) {
        var end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return 0;
        }
        if (head.startsWith("HTTP/1.1 101")) {
            stage = Stage.INITIALIZING;
            send(script.initialize());
        } else {
            lose("upgrade answered " + head.substring(0, Math.min(12, end)));
        }
        return end + 4;
    }

    private void take(Frame frame, byte[] bytes) throws IOException {
        if (frame.opcode() == Frame.PING) {
            send(Frame.masked(Frame.PONG, Arrays.copyOfRange(bytes, frame.from(), frame.to())));
        } else if (frame.opcode() == Frame.CLOSE) {
            lose("close frame");
        } else if (frame.opcode() == Frame.TEXT && frame.isFinal()) {
            heard(Reply.read(bytes, frame.from(), frame.to()));
        } else if (frame.opcode() != Frame.PONG) {
            lose("a frame the generator does not read, opcode " + frame.opcode());
        }
    }

    private void heard(Reply reply) {
        if (stage == Stage.OPEN) {
            listener.heard(this, reply);
        } else if (reply.isError()) {
            lose("initialize refused");
        } else if (reply.id() == 0) {
            stage = Stage.OPEN;
            send(script.initialized());
            listener.opened(this);
        }
    }

    private void send(byte[] bytes) {
        try {
            wire.send(bytes);
        } catch (IOException | CancelledKeyException broken) {
            lose("write: " + broken.getClass().getSimpleName());
        }
    }

    private void lose(String why) {
        if (stage != Stage.CLOSED) {
            close();
            listener.lost(this, why);
        }
    }
}
