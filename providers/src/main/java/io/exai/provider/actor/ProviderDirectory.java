package io.exai.provider.actor;

import io.exai.provider.breaker.Health;
import io.exai.provider.catalogue.Catalogue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The providers that are on, and the models they serve.
 *
 * @param providers by name, in order of preference
 * @param health of the providers, as far as this node knows
 */
public record ProviderDirectory(
        Catalogue catalogue,
        Map<String, ActorRef<Provider.Command>> providers,
        Health health,
        Supplier<CompletionStage<Done>> stopper) {
    public ProviderDirectory {
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
    }

    /** Stops the providers, failing what is open. */
    public CompletionStage<Done> stop() {
        return stopper.get();
    }
}
