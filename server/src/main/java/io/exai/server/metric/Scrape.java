package io.exai.server.metric;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where Prometheus gets its page. */
public interface Scrape {
    /** The metrics in Prometheus's text format 0.0.4; empty when there are none to be had. */
    CompletionStage<Optional<String>> text();

    /** Has none. */
    static Scrape off() {
        return () -> CompletableFuture.completedFuture(Optional.empty());
    }
}
