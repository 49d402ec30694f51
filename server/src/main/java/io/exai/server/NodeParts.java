package io.exai.server;

import io.exai.cluster.NodeWatch;
import io.exai.persistence.database.Database;
import io.exai.persistence.database.Secrets;
import io.exai.provider.actor.Grid;
import io.exai.provider.actor.ProviderDirectory;
import io.exai.provider.actor.Providers;
import io.exai.provider.breaker.Breakers;
import io.exai.provider.quota.Shares;
import io.exai.server.security.StateSeal;
import io.exai.server.setting.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/** What everything else on a node stands on. */
record NodeParts(
        Settings settings,
        Clock clock,
        ActorSystem<Void> system,
        Shares shares,
        ProviderDirectory providers,
        Database database,
        NodeWatch nodes) {
    private static final Duration STATE_LIFE = Duration.ofHours(1);

    static NodeParts start(Settings settings, Clock clock, ActorSystem<Void> system) {
        Shares shares = settings.cluster().isLocal()
                ? Shares.whole()
                : Shares.leased(system, settings.quota().lease());
        Breakers breakers = settings.cluster().isLocal()
                ? Breakers.own(settings.providers().breaker())
                : Breakers.shared(system, settings.providers().breaker());
        ProviderDirectory providers = Providers.start(system, settings.providers(), new Grid(shares, breakers), clock);
        return new NodeParts(settings, clock, system, shares, providers, Database.of(system), NodeWatch.start(system));
    }

    /** The seal that all nodes on this database have in common. */
    CompletionStage<StateSeal> seal() {
        return new Secrets(database)
                .key("request-state", StateSeal.KEY_BYTES)
                .thenApplyAsync(key -> new StateSeal(key, STATE_LIFE, clock), system.executionContext());
    }
}
