package io.exai.server.edge;

import io.exai.server.session.SessionCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
    public CompletionStage<Boolean> isKnown(String sessionId, String principal) {
        return CompletableFuture.failedFuture(new IllegalStateException("not asked by a dialogue"));
    }

    /** What was told since the last call of this method. */
    List<Told> take() {
        List<Told> taken = List.copyOf(told);
        told.clear();
        return taken;
    }
}
