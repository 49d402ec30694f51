package io.exai.server.bridge;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what one WebSocket hears into events, each on the loop; hears the next message only when asked to. */
final class Wire implements WebSocket.Listener {
    /** Longest message of a daemon, in characters. */
    private static final int LONGEST = 256 << 20;

    private final Loop loop;
    private final Consumer<Event> heard;
    private final StringBuilder partial = new StringBuilder();

    /** What a WebSocket hears. */
    sealed interface Event {
        /** It is up; nothing is read yet. */
        record Opened(WebSocket socket) implements Event {}

        /** A whole message; the next one is read on {@link WebSocket#request}. */
        record Text(WebSocket socket, String message) implements Event {}

        /** A ping or a pong, or a part of a message. */
        record Alive() implements Event {}

        /** It is over. */
        record Closed(Lost lost) implements Event {}
    }

    Wire(Loop loop, Consumer<Event> heard) {
        this.loop = loop;
        this.heard = heard;
    }

    private void tell(Event event) {
        loop.execute(() -> heard.accept(event));
    }

    @Override
    public void onOpen(WebSocket socket) {
        tell(new Event.Opened(socket));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partial.append(data);
        if (partial.length() > LONGEST) {
            tell(new Event.Closed(new Lost.Refused("the daemon sent a message of more than " + LONGEST + " bytes")));
        } else if (last) {
            tell(new Event.Text(socket, partial.toString()));
            partial.setLength(0);
        } else {
            tell(new Event.Alive());
            socket.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        tell(new Event.Closed(new Lost.Again("the daemon sent a binary message")));
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer payload) {
        return alive(socket);
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
        return alive(socket);
    }

    private @Nullable CompletionStage<?> alive(WebSocket socket) {
        tell(new Event.Alive());
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        tell(new Event.Closed(Lost.closed(code, reason)));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        tell(new Event.Closed(Lost.failed(error, false)));
    }
}
