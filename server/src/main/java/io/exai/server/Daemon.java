package io.exai.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.exai.persistence.journal.JournalProfile;
import io.exai.server.conformance.Fixtures;
import io.exai.server.feature.Offer;
import io.exai.server.prompt.PromptBook;
import io.exai.server.resource.DaemonResources;
import io.exai.server.resource.LiveResources;
import io.exai.server.setting.Settings;
import io.exai.server.tool.Toolbox;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.http.javadsl.ServerBinding;

/** One running node: everything there is, started in order and stopped in the opposite one. */
public final class Daemon {
    private final ActorSystem<Void> system;
    private final Leaving leaving;
    private final int port;

    private Daemon(ActorSystem<Void> system, Leaving leaving, int port) {
        this.system = system;
        this.leaving = leaving;
        this.port = port;
    }

    /** The port that is bound. */
    public int port() {
        return port;
    }

    /** How other nodes know this one: its address, and a number that no other incarnation has. */
    public String member() {
        return Undertaker.name(Cluster.get(system).selfMember().uniqueAddress());
    }

    /** Completes when the daemon begins to stop, for whatever reason. */
    public CompletionStage<Done> stopping() {
        return leaving.begun();
    }

    /** Completes when the daemon has stopped, for whatever reason. */
    public CompletionStage<Done> stopped() {
        return system.getWhenTerminated();
    }

    /** Has that run when the process is told to end; what connects the nodes stays up meanwhile. */
    public void atExit(Runnable last) {
        CoordinatedShutdown.get(system).addJvmShutdownHook(last);
    }

    /** Stops accepting, moves sessions out of memory, closes the journal. */
    public CompletionStage<Done> stop() {
        return CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.jvmExitReason());
    }

    /**
     * Starts a node; its journal's tables must be there. Stops again what it started when a later part fails.
     *
     * @param conformance whether to have the fixtures of the conformance suite instead of tools, prompts and resources
     */
    public static CompletionStage<Daemon> start(
            Settings settings, Membership membership, Clock clock, boolean conformance) {
        ActorSystem<Void> system = system(settings, membership);
        Leaving leaving = new Leaving(CoordinatedShutdown.get(system));
        if (settings.cluster().isLocal()) {
            membership.join(system);
        }
        return bind(settings, clock, system, leaving, conformance)
                .handleAsync(
                        (binding, failure) -> {
                            if (failure != null) {
                                system.terminate();
                                throw new CompletionException(failure);
                            }
                            if (!settings.cluster().isLocal()) {
                                Undertaker.start(system, settings, leaving);
                                membership.join(system);
                            }
                            return new Daemon(
                                    system, leaving, binding.localAddress().getPort());
                        },
                        system.executionContext());
    }

    private static ActorSystem<Void> system(Settings settings, Membership membership) {
        try {
            return ActorSystem.create(guardian(), "exai", config(settings, membership));
        } catch (RuntimeException failure) {
            throw membership.explained(failure);
        }
    }

    private static CompletionStage<ServerBinding> bind(
            Settings settings, Clock clock, ActorSystem<Void> system, Leaving leaving, boolean conformance) {
        try {
            NodeParts node = NodeParts.start(settings, clock, system);
            return node.seal()
                    .thenComposeAsync(
                            seal -> new Start(node, conformance ? Fixtures.offer() : offer(node), seal).run(leaving),
                            system.executionContext());
        } catch (RuntimeException unusable) {
            return CompletableFuture.failedFuture(unusable);
        }
    }

    private static Offer offer(NodeParts node) {
        Settings settings = node.settings();
        Toolbox toolbox = Toolbox.load(settings.tools().folder(), settings.deadline());
        return new Offer(
                toolbox,
                PromptBook.load(settings.features().promptFolder()),
                DaemonResources.of(settings, node.providers().catalogue(), toolbox)
                        .with(LiveResources.of(new ShardedOwners(node.system()))));
    }

    private static Config config(Settings settings, Membership membership) {
        return new JournalProfile(settings.persistence())
                .pekkoConfig()
                .withFallback(membership.pekkoConfig())
                .withFallback(ConfigFactory.parseMap(Map.of(
                        "pekko.http.server.max-connections", settings.http().maxConnections() + 100,
                        "pekko.http.server.parsing.max-header-value-length",
                                settings.limit().header(),
                        "pekko.http.server.parsing.max-uri-length",
                                settings.limit().header())))
                .withFallback(settings.config())
                .resolve();
    }

    private static Behavior<Void> guardian() {
        return Behaviors.empty();
    }
}
