package io.exai.server.edge;

import io.exai.server.change.Change;
import io.exai.server.change.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Changes that reach their listeners at once. */
final class FakeChanges implements Changes {
    private final List<Consumer<Change>> listeners = new ArrayList<>();

    @Override
    public void announce(Change change) {
        List.copyOf(listeners).forEach(listener -> listener.accept(change));
    }

    @Override
    public Subscription listen(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
