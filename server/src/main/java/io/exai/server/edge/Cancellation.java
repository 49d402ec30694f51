package io.exai.server.edge;

import io.exai.protocol.jsonrpc.Incoming;
import io.exai.protocol.jsonrpc.RequestId;
import io.exai.protocol.mcp.Methods;
import java.util.Optional;

/** A client's wish that one of its requests be given up. */
record Cancellation(RequestId request, String reason) {
    /** Empty when the notification is another, or names no request. */
    static Optional<Cancellation> of(Incoming.Notification notification) {
        return notification.method().equals(Methods.CANCELLED)
                ? RequestId.of(notification.params().path("requestId"))
                        .map(id -> new Cancellation(
                                id,
                                Shown.of(notification.params().path("reason").asText(""))))
                : Optional.empty();
    }
}
