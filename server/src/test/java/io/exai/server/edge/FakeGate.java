package io.exai.server.edge;

import io.exai.server.session.SessionCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;

/** A gate that writes down what sessions are told. */
final class FakeGate implements SessionGate {
    private final List<Told> told = new ArrayList<>();

    /** One command and the session it went to. */
    record Told(String sessionId, SessionCommand command) {}

    @Override
    public void tell(String sessionId, SessionCommand command) {
        told.add(new Told(sessionId, command));
    }

    @Override
    public boolean isNear(String sessionId) {
        return true;
    }

    @Override
    public CompletionStage<Boolean> isKnown(String sessionId, String principal) {
        return CompletableFuture.failedFuture(new IllegalStateException("not asked by a dialogue"));
    }

    @Override
    public <T> CompletionStage<T> ask(
            String sessionId, Class<T> answer, Duration patience, Function<ActorRef<T>, SessionCommand> question) {
        TestInbox<T> inbox = TestInbox.create();
        told.add(new Told(sessionId, question.apply(inbox.getRef())));
        return new CompletableFuture<>();
    }

    @Override
    public <T> CompletionStage<T> askOwner(
            String sessionKey, Class<T> answer, Duration patience, Function<ActorRef<T>, SessionCommand> question) {
        return ask(sessionKey, answer, patience, question);
    }

    /** What was told since the last call of this method. */
    List<Told> take() {
        List<Told> taken = List.copyOf(told);
        told.clear();
        return taken;
    }
}
