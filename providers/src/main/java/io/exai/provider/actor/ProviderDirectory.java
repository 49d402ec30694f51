package io.exai.provider.actor;

import io.exai.provider.catalogue.Catalogue;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/** The providers that are on, by name, and the models they serve. */
public record ProviderDirectory(
        Catalogue catalogue,
        Map<String, ActorRef<Provider.Command>> providers,
        Supplier<CompletionStage<Done>> stopper) {
    public ProviderDirectory {
        providers = Map.copyOf(providers);
    }

    /** Stops the providers, failing what is open, then the embedded sandbox. */
    public CompletionStage<Done> stop() {
        return stopper.get();
    }
}
