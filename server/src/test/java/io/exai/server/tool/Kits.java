package io.exai.server.tool;

import io.exai.provider.actor.Provider;
import io.exai.provider.actor.ProviderDirectory;
import io.exai.provider.breaker.Health;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.setting.ProviderSettings;
import io.exai.server.change.Change;
import io.exai.server.metric.Meter;
import io.exai.server.quota.Quota;
import io.exai.server.spending.Spending;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/** What calls need to run, where a test wants nothing special: no conversations, no budgets, nothing shared. */
public final class Kits {
    private Kits() {}

    /** Models of vendors that are played by a test, all of them well. */
    public static Models models(
            ProviderSettings settings, Map<String, ActorRef<Provider.Command>> providers, Meter meter) {
        return Models.of(
                settings, Catalogue.load(settings), providers, new Health(System::nanoTime), Spending.none(), meter);
    }

    /** Models of vendors behind real provider actors. */
    public static Models models(ProviderSettings settings, ProviderDirectory directory) {
        return Models.of(
                settings,
                directory.catalogue(),
                directory.providers(),
                directory.health(),
                Spending.none(),
                Meter.none());
    }

    public static ToolParts parts(Toolbox toolbox, Models models, ActorRef<Quota.Command> quota, Clock clock) {
        return parts(toolbox, models, quota, change -> {}, clock);
    }

    public static ToolParts parts(
            Toolbox toolbox, Models models, ActorRef<Quota.Command> quota, Consumer<Change> announcer, Clock clock) {
        return new ToolParts(
                toolbox,
                new Reports(Map.of()),
                models,
                quota,
                (id, command) -> {},
                Set.of(),
                announcer,
                Duration.ofSeconds(8),
                false,
                Sharing.none(),
                clock);
    }
}
