package io.exai.provider.actor;

import io.exai.provider.catalogue.Catalogue;
import io.exai.provider.openai.OpenAiUpstream;
import io.exai.provider.sandbox.SandboxServer;
import io.exai.provider.setting.Gate;
import io.exai.provider.setting.ProviderSettings;
import io.exai.provider.setting.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.pattern.Patterns;

/** Starts the providers that are on, and the embedded sandbox when it is needed. */
public final class Providers {
    private static final String PATH = "exai.providers";
    private static final Duration STOP_TIME = Duration.ofSeconds(5);

    private final ActorSystem<?> system;
    private final ProviderSettings settings;
    private final Clock clock;

    private Providers(ActorSystem<?> system, ProviderSettings settings, Clock clock) {
        this.system = system;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Starts once per actor system. Fails when a setting is out of range, a data file is malformed or the sandbox
     * cannot bind.
     */
    public static CompletionStage<ProviderDirectory> start(
            ActorSystem<?> system, ProviderSettings settings, Clock clock) {
        try {
            List<String> problems = settings.problems(PATH);
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", problems));
            }
            return new Providers(system, settings, clock).start(Catalogue.load(settings));
        } catch (RuntimeException unusable) {
            return CompletableFuture.failedFuture(unusable);
        }
    }

    private CompletionStage<ProviderDirectory> start(Catalogue catalogue) {
        if (!settings.sandboxOn()) {
            return CompletableFuture.completedFuture(
                    directory(catalogue, settings.routes(), () -> CompletableFuture.completedFuture(Done.done())));
        }
        return SandboxServer.start(system, "127.0.0.1", 0, settings.sandbox(), clock)
                .thenApplyAsync(
                        sandbox -> {
                            var routes = new ArrayList<>(settings.routes());
                            String url = "http://127.0.0.1:" + sandbox.port() + "/v1";
                            routes.add(new Route(ProviderSettings.SANDBOX, url, null));
                            return directory(catalogue, routes, sandbox::stop);
                        },
                        system.executionContext());
    }

    private ProviderDirectory directory(Catalogue catalogue, List<Route> routes, Supplier<CompletionStage<Done>> last) {
        var providers = new LinkedHashMap<String, ActorRef<Provider.Command>>();
        routes.forEach(route -> providers.put(route.provider(), spawn(route)));
        return new ProviderDirectory(catalogue, providers, () -> stop(providers, last));
    }

    private ActorRef<Provider.Command> spawn(Route route) {
        Gate gate = settings.gate(route.provider());
        var limits = new OpenAiUpstream.Limits(
                settings.connectTimeout(), settings.streamIdleTimeout(), settings.maxAnswerSize(), gate.maxInFlight());
        boolean sandbox = route.provider().equals(ProviderSettings.SANDBOX);
        var vendor = new Provider.Vendor(
                route.provider(), sandbox, gate, () -> OpenAiUpstream.create(route, limits, clock, system));
        return system.systemActorOf(Provider.create(vendor), "provider-" + route.provider(), Props.empty());
    }

    private CompletionStage<Done> stop(
            Map<String, ActorRef<Provider.Command>> providers, Supplier<CompletionStage<Done>> last) {
        CompletableFuture<?>[] stopping = providers.values().stream()
                .map(provider -> Patterns.gracefulStop(Adapter.toClassic(provider), STOP_TIME)
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(stopping).thenComposeAsync(stopped -> last.get(), system.executionContext());
    }
}
