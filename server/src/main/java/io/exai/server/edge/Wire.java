package io.exai.server.edge;

import io.exai.protocol.frame.CloseCode;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What a dialogue can do to its connection. */
interface Wire {
    /** Sends a message; closes the connection when the peer reads too slowly to take it. */
    void send(byte[] message);

    /** Sends a message that may be dropped when the peer reads slowly. */
    void sendIfIdle(byte[] message);

    /** Passes a message on when it is there, in the thread of the connection. */
    void later(CompletionStage<byte[]> message, Consumer<byte[]> then);

    /** Makes sure to learn when everything sent so far has arrived; {@code sequence} comes back then. */
    void confirm(long sequence);

    /** Calls {@link Dialogue#alarm} once, after that time; a later wish replaces an earlier one. */
    void alarm(Duration after);

    /** The client has shown who it is: its messages may be as large as those of others from now on. */
    void admit();

    /** Ends the connection; what was sent before still goes out. */
    void close(CloseCode code, String reason);
}
