package io.exai.server.edge;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;

/** The connections and response streams that are open on this node. */
public final class Connections {
    private final Set<ActorRef> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Done> drained = new CompletableFuture<>();
    private volatile boolean draining;
    private volatile boolean alone;

    /** Tells a connection that this node goes. */
    record Draining() {}

    /** Tells a connection that a node is gone, and with it perhaps what was on its way to sessions there. */
    record NodeLost() {}

    /** Tells a connection that the token of a principal was replaced, over the connection of that name. */
    record Rotated(String principal, String by) {}

    void opened(ActorRef connection) {
        open.add(connection);
        if (alone) {
            connection.tell(new Draining(), ActorRef.noSender());
        }
    }

    void closed(ActorRef connection) {
        open.remove(connection);
        tellWhenDrained();
    }

    public int now() {
        return open.size();
    }

    /** Asks every client to come back, here or elsewhere; completes when the last one has left. */
    public CompletionStage<Done> drain() {
        draining = true;
        sendAway();
        tellWhenDrained();
        return drained;
    }

    /** Whether this node reaches most of its cluster; when it does not, every client is asked to come back elsewhere. */
    public void alone(boolean isAlone) {
        alone = isAlone;
        if (isAlone) {
            sendAway();
        }
    }

    public boolean isAlone() {
        return alone;
    }

    private void sendAway() {
        open.forEach(connection -> connection.tell(new Draining(), ActorRef.noSender()));
    }

    /** Tells every connection that a node is gone; telling them once more does no harm. */
    public void nodeLost() {
        open.forEach(connection -> connection.tell(new NodeLost(), ActorRef.noSender()));
    }

    /** Tells every connection that the token of a principal was replaced. */
    void rotated(String principal, String by) {
        open.forEach(connection -> connection.tell(new Rotated(principal, by), ActorRef.noSender()));
    }

    private void tellWhenDrained() {
        if (draining && open.isEmpty()) {
            drained.complete(Done.done());
        }
    }
}
