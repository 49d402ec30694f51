package io.exai.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.exai.persistence.database.Database;
import io.exai.persistence.database.JdbcJournalProbe;
import io.exai.persistence.database.Secrets;
import io.exai.persistence.h2.H2Housekeeper;
import io.exai.persistence.journal.JournalProfile;
import io.exai.persistence.payload.JdbcPayloadStore;
import io.exai.persistence.result.JdbcResultStore;
import io.exai.persistence.schema.Dialect;
import io.exai.protocol.mcp.ServerIdentity;
import io.exai.protocol.mcp.ServerMessages;
import io.exai.protocol.op.OpMessages;
import io.exai.provider.actor.ProviderDirectory;
import io.exai.provider.actor.Providers;
import io.exai.provider.quota.Shares;
import io.exai.server.change.Changes;
import io.exai.server.change.TopicChanges;
import io.exai.server.conformance.Fixtures;
import io.exai.server.conversation.Conversation;
import io.exai.server.conversation.ConversationCommand;
import io.exai.server.conversation.Conversations;
import io.exai.server.edge.Connections;
import io.exai.server.edge.EdgeParts;
import io.exai.server.edge.HttpEdge;
import io.exai.server.edge.OpParts;
import io.exai.server.edge.TokenRotation;
import io.exai.server.feature.FeatureParts;
import io.exai.server.feature.Features;
import io.exai.server.feature.Offer;
import io.exai.server.flight.Boarding;
import io.exai.server.flight.Flight;
import io.exai.server.flight.FlightCommand;
import io.exai.server.health.Health;
import io.exai.server.prompt.PromptBook;
import io.exai.server.quota.Quota;
import io.exai.server.resource.DaemonResources;
import io.exai.server.resource.LiveResources;
import io.exai.server.security.Principals;
import io.exai.server.security.StateSeal;
import io.exai.server.session.CallCounters;
import io.exai.server.session.Session;
import io.exai.server.session.SessionCap;
import io.exai.server.session.SessionParts;
import io.exai.server.session.SessionSweeper;
import io.exai.server.setting.Settings;
import io.exai.server.tool.Reports;
import io.exai.server.tool.Sharing;
import io.exai.server.tool.ToolParts;
import io.exai.server.tool.Toolbox;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;

/** One running node: everything there is, started in order and stopped in the opposite one. */
public final class Daemon {
    private static final String INSTRUCTIONS =
            "Tools that ask language models on your behalf. Call listmodels to see which; chat asks one of them. "
                    + "Calls survive a lost connection: reconnect with the session id and unanswered calls are answered.";
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration STATE_LIFE = Duration.ofHours(1);

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
            Shares shares = settings.cluster().isLocal()
                    ? Shares.whole()
                    : Shares.leased(system, settings.quota().lease());
            ProviderDirectory providers = Providers.start(system, settings.providers(), shares, clock);
            Database database = Database.of(system);
            return new Secrets(database)
                    .key("request-state", StateSeal.KEY_BYTES)
                    .thenComposeAsync(
                            key -> new Start(settings, clock, system, leaving, shares, providers, database, conformance)
                                    .bind(new StateSeal(key, STATE_LIFE, clock)),
                            system.executionContext());
        } catch (RuntimeException unusable) {
            return CompletableFuture.failedFuture(unusable);
        }
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

    /** One start under way. */
    private record Start(
            Settings settings,
            Clock clock,
            ActorSystem<Void> system,
            Leaving leaving,
            Shares shares,
            ProviderDirectory providers,
            Database database,
            boolean conformance) {
        CompletionStage<ServerBinding> bind(StateSeal seal) {
            JdbcPayloadStore payloads = new JdbcPayloadStore(database, clock);
            CallCounters counters = new CallCounters();
            Changes changes = TopicChanges.start(system);
            Connections connections = new Connections();
            Offer offer = conformance ? Fixtures.offer() : offer();
            Toolbox toolbox = offer.toolbox();
            Reports reports = Figures.reports(
                    settings, providers.catalogue(), providers.providers().keySet(), connections, counters);
            toolbox.requireSources(reports);
            ActorRef<Quota.Command> quota =
                    system.systemActorOf(Quota.create(settings.quota(), shares), "quota", Props.empty());
            ActorRef<SessionCap.Command> cap = system.systemActorOf(
                    SessionCap.create(
                            settings.session().maxPerPrincipal(),
                            settings.session().idleTimeout(),
                            System::nanoTime),
                    "session-cap",
                    Props.empty());
            ToolParts alone = new ToolParts(
                    toolbox,
                    reports,
                    providers.catalogue(),
                    providers.providers(),
                    quota,
                    conversations(changes),
                    Set.copyOf(settings.quota().first()),
                    changes::announce,
                    settings.deadline().heartbeat(),
                    settings.tools().clientSampling(),
                    Sharing.none(),
                    clock);
            ToolParts tools = alone.with(flights(alone));
            Sessions sessions = Sessions.start(
                    system,
                    new SessionParts(
                            settings.session(),
                            settings.deadline(),
                            tools,
                            payloads,
                            settings.persistence().payload().inlineLimit(),
                            cap,
                            counters,
                            seal,
                            clock));
            sweep(sessions, tools.conversations(), payloads);
            if (settings.persistence().journal().equals("h2")) {
                system.systemActorOf(
                        H2Housekeeper.create(database, settings.persistence().h2()),
                        "h2-housekeeper",
                        DispatcherSelector.fromConfig(Database.DISPATCHER));
            }
            ServerMessages messages = new ServerMessages(new ServerIdentity(Version.text(), INSTRUCTIONS));
            Features features = new Features(new FeatureParts(
                    messages,
                    toolbox,
                    offer.prompts(),
                    offer.resources(),
                    providers.catalogue(),
                    seal,
                    changes::announce,
                    settings.features().pageSize()));
            EdgeParts edge = new EdgeParts(
                    settings.http(),
                    settings.limit(),
                    messages,
                    toolbox,
                    providers.catalogue(),
                    sessions,
                    features,
                    seal,
                    changes,
                    clock,
                    system.executionContext(),
                    settings.session().idleTimeout().dividedBy(4));
            return bind(
                    edge,
                    op(toolbox, connections, counters),
                    new JdbcJournalProbe(database, PROBE_TIMEOUT),
                    connections);
        }

        private Conversations conversations(Changes changes) {
            var region = ClusterSharding.get(system)
                    .init(Entity.of(
                                    Conversation.KEY,
                                    entity -> Conversation.create(
                                            entity.getEntityId(),
                                            entity.getShard(),
                                            new Conversation.Parts(
                                                    settings.conversation().lifetime(), changes::announce, clock)))
                            .withStopMessage(new ConversationCommand.Stop()));
            return (id, command) -> region.tell(new ShardingEnvelope<>(id, command));
        }

        private Sharing flights(ToolParts alone) {
            ClusterSharding sharding = ClusterSharding.get(system);
            Boarding boarding = Boarding.start(
                    system,
                    alone,
                    settings.flight(),
                    new JdbcResultStore(
                            database, Dialect.of(settings.persistence().journal()), clock),
                    new ShardedFlights(system, sharding),
                    settings.session().handOver());
            sharding.init(Entity.of(Flight.KEY, entity -> boarding.flight(entity.getEntityId(), entity.getShard()))
                    .withStopMessage(new FlightCommand.Stop()));
            return boarding;
        }

        private Offer offer() {
            Toolbox toolbox = Toolbox.load(settings.tools().folder(), settings.deadline());
            return new Offer(
                    toolbox,
                    PromptBook.load(settings.features().promptFolder()),
                    DaemonResources.of(settings, providers.catalogue(), toolbox)
                            .with(LiveResources.of(new ShardedOwners(system))));
        }

        private OpParts op(Toolbox toolbox, Connections connections, CallCounters counters) {
            Principals principals = new Principals(settings.security());
            return new OpParts(
                    settings.op(),
                    new OpMessages(settings.op().compatText()),
                    principals,
                    new TokenRotation(principals, connections, settings.cluster()::isLocal),
                    settings.deadline().heartbeat(),
                    () -> Figures.health(settings, toolbox, connections, counters, clock),
                    settings.flight().distinctTools(),
                    clock);
        }

        private CompletionStage<ServerBinding> bind(
                EdgeParts edge, OpParts op, JdbcJournalProbe probe, Connections connections) {
            Cluster cluster = Cluster.get(system);
            Health health = new Health(
                    Version.text(),
                    probe,
                    () -> cluster.selfMember().status().toString(),
                    leaving::hasBegun,
                    connections::isAlone);
            HttpEdge http = new HttpEdge(edge, op, health, connections, system);
            boolean local = settings.cluster().isLocal();
            system.systemActorOf(Aftermath.create(connections), "aftermath", Props.empty());
            system.systemActorOf(Isolation.create(connections::alone), "isolation", Props.empty());
            leaving.plan(local ? Duration.ZERO : settings.cluster().drain().grace(), connections);
            leaving.task(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "stop-providers", providers::stop);
            return Http.get(system)
                    .newServerAt(settings.http().host(), settings.http().port())
                    .bind(http::handle)
                    .thenApplyAsync(
                            binding -> binding.addToCoordinatedShutdown(Duration.ofSeconds(3), system),
                            system.executionContext());
        }

        private void sweep(Sessions sessions, Conversations conversations, JdbcPayloadStore payloads) {
            String journal = new JournalProfile(settings.persistence()).readJournalId();
            CurrentPersistenceIdsQuery stored =
                    PersistenceQuery.get(system).getReadJournalFor(CurrentPersistenceIdsQuery.class, journal);
            Behavior<SessionSweeper.Command> sweeper = SessionSweeper.create(new SessionSweeper.Parts(
                    org.apache.pekko.stream.javadsl.Source.lazySource(stored::currentPersistenceIds)
                            .mapMaterializedValue(ready -> org.apache.pekko.NotUsed.getInstance()),
                    (kind, id) -> {
                        if (kind.equals(Session.KEY.name())) {
                            sessions.sweep(id);
                        } else if (kind.equals(Conversation.KEY.name())) {
                            conversations.tell(id, new ConversationCommand.Sweep());
                        }
                    },
                    payloads,
                    settings.persistence().payload().retention(),
                    settings.session().sweepInterval(),
                    clock));
            ClusterSingleton.get(system)
                    .init(SingletonActor.of(sweeper, "session-sweeper").withStopMessage(new SessionSweeper.Stop()));
        }
    }
}
