package io.exai.server.session;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** The connection a session delivers to, and how far its outbox has been sent on it. Not kept over a restart. */
final class ClientLink {
    private @Nullable String connection;
    private @Nullable ActorRef<ToClient> client;
    private long sent;
    private long redeliveredBelow;

    /** Points to a connection that took the session over; answers after {@code acknowledged} are sent again on it. */
    void open(String newConnection, ActorRef<ToClient> newClient, long acknowledged, long nextSequence) {
        connection = newConnection;
        client = newClient;
        sent = acknowledged;
        redeliveredBelow = nextSequence;
    }

    void close() {
        client = null;
    }

    boolean isTo(String otherConnection) {
        return client != null && otherConnection.equals(connection);
    }

    @Nullable
    ActorRef<ToClient> client() {
        return client;
    }

    String connection() {
        return connection == null ? "" : connection;
    }

    /** The sequence up to which answers went out on this connection. */
    long sent() {
        return sent;
    }

    void passed(long sequence) {
        sent = Math.max(sent, sequence);
    }

    boolean isRedelivery(long sequence) {
        return sequence < redeliveredBelow;
    }

    void tell(ToClient message) {
        if (client != null) {
            client.tell(message);
        }
    }
}
