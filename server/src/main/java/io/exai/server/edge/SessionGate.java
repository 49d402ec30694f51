package io.exai.server.edge;

import io.exai.server.session.SessionCommand;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/** The way from a connection to sessions, wherever they live. */
public interface SessionGate {
    /** How long a session may take to answer: as long as the cluster needs to go on without the node it was on. */
    Duration PATIENCE = Duration.ofSeconds(15);

    void tell(String sessionId, SessionCommand command);

    /** Whether a session of that id would live on this node, as far as is known. */
    boolean isNear(String sessionId);

    /** Whether that principal could attach to that session; fails when the session does not answer in time. */
    CompletionStage<Boolean> isKnown(String sessionId, String principal);

    /**
     * The session's answer; fails when it does not come in time. A question that may be lost with a node is put again, with the
     * same address to answer to, so that hearing it twice must do no harm.
     */
    <T> CompletionStage<T> ask(
            String sessionId, Class<T> answer, Duration patience, Function<ActorRef<T>, SessionCommand> question);

    /** As {@link #ask}, of the session with that key. */
    <T> CompletionStage<T> askOwner(
            String sessionKey, Class<T> answer, Duration patience, Function<ActorRef<T>, SessionCommand> question);
}
