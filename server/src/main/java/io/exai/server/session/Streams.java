package io.exai.server.session;

import io.exai.persistence.session.CallOutcome;
import io.exai.persistence.session.FinishedCall;
import io.exai.persistence.session.OpenSession;
import io.exai.server.session.SessionSignal.StreamAnswerRead;
import io.exai.server.session.SessionSignal.StreamLost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * The response streams that clients hold open at this session, by name, and the answers on them. Each ends when nothing
 * more can come on it. Not kept over a restart.
 */
final class Streams {
    private final ActorContext<SessionCommand> context;
    private final Contents contents;
    private final Map<String, ActorRef<ToClient>> open = new HashMap<>();
    private final List<String> reading = new ArrayList<>();

    Streams(ActorContext<SessionCommand> context, Contents contents) {
        this.context = context;
        this.contents = contents;
    }

    /**
     * From now on the stream of that name is this one; a client may hold several. The one before is ended. False when it
     * was this one already.
     */
    boolean open(String stream, ActorRef<ToClient> client) {
        if (client.equals(open.get(stream))) {
            return false;
        }
        end(stream, new ToClient.StreamEnded());
        if (!open.containsValue(client)) {
            context.watchWith(client, new StreamLost(client));
        }
        open.put(stream, client);
        return true;
    }

    /** That client is gone. */
    void lost(ActorRef<ToClient> client) {
        open.values().removeIf(client::equals);
    }

    /** The stream of that name, if there is one and it is held open. */
    Optional<ActorRef<ToClient>> find(@Nullable String stream) {
        return stream == null ? Optional.empty() : Optional.ofNullable(open.get(stream));
    }

    /** Sends the answers of a stream that the client came back to, after that sequence. */
    void resume(OpenSession session, String stream, long after) {
        session.finished().stream()
                .filter(call -> stream.equals(call.stream()) && call.task() == null && call.sequence() > after)
                .forEach(call -> send(stream, call, true));
        endIfOver(session, stream);
    }

    /** Sends an answer on its stream; one that is stored elsewhere is read first. */
    void send(String stream, FinishedCall call, boolean redelivered) {
        if (call.outcome() == CallOutcome.CANCELLED) {
            return;
        }
        if (!Answers.isStored(call)) {
            tell(stream, Answers.of(call, redelivered));
            return;
        }
        reading.add(stream);
        context.pipeToSelf(
                contents.read(Objects.requireNonNull(call.answer())),
                (text, failure) -> new StreamAnswerRead(stream, Answers.read(call, text, redelivered)));
    }

    /** A stored answer has been read. */
    void answerRead(OpenSession session, StreamAnswerRead read) {
        reading.remove(read.stream());
        tell(read.stream(), read.answer());
        endIfOver(session, read.stream());
    }

    private void tell(String stream, ToClient message) {
        find(stream).ifPresent(client -> client.tell(message));
    }

    /** Ends a stream on which nothing more can come. */
    void endIfOver(OpenSession session, String stream) {
        boolean running = session.running().values().stream()
                .anyMatch(call -> stream.equals(call.stream()) && call.task() == null);
        if (!running && !reading.contains(stream)) {
            end(stream, new ToClient.StreamEnded());
        }
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

    /** Answers that were being read have to be asked for again. */
    void recovered() {
        reading.clear();
        Set.copyOf(open.values()).forEach(client -> client.tell(new ToClient.Woken()));
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    void endAll() {
        for (String stream : List.copyOf(open.keySet())) {
            end(stream, new ToClient.StreamEnded());
        }
    }
}
