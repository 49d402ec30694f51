package io.exai.server.bridge;

import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.mcp.Methods;
import java.util.List;
import java.util.Optional;

/** What the client and the daemon have to do with each other, over all connections. */
final class Conversation {
    private final Ledger ledger;
    private final Handshake handshake = new Handshake();

    /** What becomes of an answer of the daemon. */
    sealed interface Verdict {
        /** The client waits for it; it may name the session. */
        record Wanted(Optional<String> session) implements Verdict {}

        /** The client has had it, or has withdrawn the request. */
        record Unwanted() implements Verdict {}

        /** It answers what the client does not know of. */
        record Ours() implements Verdict {}
    }

    Conversation(Ledger ledger) {
        this.ledger = ledger;
    }

    /** One message of the client, to be sent in its turn. */
    void said(Incoming message, byte[] line) {
        handshake.said(message, line);
        if (message instanceof Incoming.Request request) {
            ledger.ask(request.id(), line);
        } else if (message instanceof Incoming.Malformed wrong && wrong.id() != null) {
            ledger.ask(wrong.id(), line); // the daemon answers it with an error
        } else {
            withdrawn(message).ifPresentOrElse(id -> ledger.withdraw(id, line), () -> ledger.tell(line));
        }
    }

    private static Optional<RequestId> withdrawn(Incoming message) {
        return message instanceof Incoming.Notification note && note.method().equals(Methods.CANCELLED)
                ? RequestId.of(note.params().path("requestId"))
                : Optional.empty();
    }

    Verdict answered(Incoming.Response answer) {
        if (handshake.swallows(answer)) {
            return new Verdict.Ours();
        }
        return ledger.answered(answer.id()) ? new Verdict.Wanted(handshake.answered(answer)) : new Verdict.Unwanted();
    }

    /** There is a new connection; {@code anew} with a session that knows nothing of what was said before. */
    void resume(boolean anew) {
        ledger.rewind(anew ? handshake.repeat() : List.of());
    }
}
