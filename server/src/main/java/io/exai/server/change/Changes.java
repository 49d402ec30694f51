package io.exai.server.change;

import java.util.function.Consumer;

/** Carries changes to whoever listens, on every node; what nobody listens to is lost. */
public interface Changes {
    void announce(Change change);

    /** Passes every change on until the subscription is closed; {@code listener} is called on some other thread. */
    Subscription listen(Consumer<Change> listener);

    /** A listener's tie to the changes. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
