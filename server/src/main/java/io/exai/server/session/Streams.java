package io.exai.server.session;

import io.exai.server.session.SessionSignal.StreamLost;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** The response streams that clients hold open at this session, by name. Not kept over a restart. */
final class Streams {
    private final ActorContext<SessionCommand> context;
    private final Map<String, ActorRef<ToClient>> open = new HashMap<>();

    Streams(ActorContext<SessionCommand> context) {
        this.context = context;
    }

    /** From now on the stream of that name is this one; a client may hold several. The one before is ended. */
    void open(String stream, ActorRef<ToClient> client) {
        if (client.equals(open.get(stream))) {
            return;
        }
        end(stream, new ToClient.StreamEnded());
        if (!open.containsValue(client)) {
            context.watchWith(client, new StreamLost(client));
        }
        open.put(stream, client);
    }

    /** That client is gone. */
    void lost(ActorRef<ToClient> client) {
        open.values().removeIf(client::equals);
    }

    Optional<ActorRef<ToClient>> find(String stream) {
        return Optional.ofNullable(open.get(stream));
    }

    /** Says the last word on a stream. */
    void end(String stream, ToClient last) {
        ActorRef<ToClient> client = open.remove(stream);
        if (client != null) {
            if (!open.containsValue(client)) {
                context.unwatch(client);
            }
            client.tell(last);
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    void endAll() {
        for (String stream : java.util.List.copyOf(open.keySet())) {
            end(stream, new ToClient.StreamEnded());
        }
    }
}
