package io.exai.provider.actor;

import io.exai.provider.setting.ProviderSettings;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/** Starts the providers that are on. */
public final class Providers {
    private Providers() {}

    /** Fails when a setting is out of range, a data file is malformed or the sandbox cannot bind. */
    public static CompletionStage<ProviderDirectory> start(
            ActorSystem<?> system, ProviderSettings settings, Clock clock) {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException(system.name() + settings + clock.getZone()));
    }
}
