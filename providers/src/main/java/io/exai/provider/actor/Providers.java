package io.exai.provider.actor;

import io.exai.provider.breaker.Health;
import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.catalogue.Roster;
import io.exai.provider.chat.Upstream;
import io.exai.provider.http.HttpUpstream;
import io.exai.provider.http.WireFormat;
import io.exai.provider.sandbox.SandboxServer;
import io.exai.provider.setting.Gate;
import io.exai.provider.setting.ProviderSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.stream.javadsl.Flow;

/** Starts the providers that are on, and the embedded sandbox when it is needed. */
public final class Providers {
    private static final String PATH = "exai.providers";
    private static final Duration STOP_TIME = Duration.ofSeconds(5);

    private final ActorSystem<?> system;
    private final ProviderSettings settings;
    private final Grid grid;
    private final Health health = new Health(System::nanoTime);
    private final Clock clock;

    private Providers(ActorSystem<?> system, ProviderSettings settings, Grid grid, Clock clock) {
        this.system = system;
        this.settings = settings;
        this.grid = grid;
        this.clock = clock;
    }

    /**
     * Starts once per actor system.
     *
     * @throws IllegalArgumentException when a setting is out of range or a data file is malformed
     */
    public static ProviderDirectory start(ActorSystem<?> system, ProviderSettings settings, Grid grid, Clock clock) {
        return start(system, settings, grid, clock, SandboxServer.embedded(settings.sandbox(), clock));
    }

    static ProviderDirectory start(
            ActorSystem<?> system,
            ProviderSettings settings,
            Grid grid,
            Clock clock,
            Flow<HttpRequest, HttpResponse, NotUsed> sandbox) {
        List<String> problems = settings.problems(PATH);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new Providers(system, settings, grid, clock).start(Roster.load(settings), sandbox);
    }

    private ProviderDirectory start(Roster roster, Flow<HttpRequest, HttpResponse, NotUsed> sandbox) {
        Catalogue catalogue = Catalogue.of(roster, settings);
        var providers = new LinkedHashMap<String, ActorRef<Provider.Command>>();
        for (Roster.Entry entry : roster.on()) {
            providers.put(entry.vendor().name(), spawn(entry, sandbox));
        }
        return new ProviderDirectory(catalogue, providers, health, () -> stop(providers));
    }

    private ActorRef<Provider.Command> spawn(Roster.Entry entry, Flow<HttpRequest, HttpResponse, NotUsed> sandbox) {
        String name = entry.vendor().name();
        Gate gate = settings.gate(name);
        var limits = new HttpUpstream.Limits(
                settings.connectTimeout(), settings.streamIdleTimeout(), settings.maxAnswerSize(), gate.maxInFlight());
        boolean embedded = name.equals(ProviderSettings.SANDBOX);
        Supplier<Upstream> upstream = () -> {
            WireFormat format = Formats.of(entry.vendor().dialect(), clock);
            return embedded
                    ? HttpUpstream.embedded(entry.route(), format, limits, clock, system, sandbox)
                    : HttpUpstream.create(entry.route(), format, limits, clock, system);
        };
        var vendor = new Provider.Vendor(
                name, embedded, gate, grid.shares(), grid.breakers(), settings.retry(), health, upstream);
        return system.systemActorOf(Provider.create(vendor), "provider-" + name, Props.empty());
    }

    private static CompletionStage<Done> stop(Map<String, ActorRef<Provider.Command>> providers) {
        CompletableFuture<?>[] stopping = providers.values().stream()
                .map(provider -> Patterns.gracefulStop(Adapter.toClassic(provider), STOP_TIME)
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(stopping).thenApply(stopped -> Done.done());
    }
}
