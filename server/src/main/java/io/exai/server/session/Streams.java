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

    /** From now on the stream of that name is this one. */
    void open(String stream, ActorRef<ToClient> client) {
        ActorRef<ToClient> before = open.put(stream, client);
        if (client.equals(before)) {
            return;
        }
        if (before != null) {
            context.unwatch(before);
        }
        context.watchWith(client, new StreamLost(stream, client));
    }

    /** Nobody holds that stream any more, if it is still this one. */
    void lost(String stream, ActorRef<ToClient> client) {
        open.remove(stream, client);
    }

    Optional<ActorRef<ToClient>> find(String stream) {
        return Optional.ofNullable(open.get(stream));
    }

    /** Says the last word on a stream. */
    void end(String stream, ToClient last) {
        ActorRef<ToClient> client = open.remove(stream);
        if (client != null) {
            context.unwatch(client);
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
