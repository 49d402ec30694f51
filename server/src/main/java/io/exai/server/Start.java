package io.exai.server;

import io.exai.persistence.database.Database;
import io.exai.persistence.h2.H2Housekeeper;
import io.exai.persistence.payload.JdbcPayloadStore;
import io.exai.persistence.schema.Dialect;
import io.exai.persistence.usage.JdbcUsageStore;
import io.exai.persistence.usage.UsageStore;
import io.exai.protocol.mcp.ServerIdentity;
import io.exai.protocol.mcp.ServerMessages;
import io.exai.protocol.mcp.ToolDescription;
import io.exai.protocol.op.OpMessages;
import io.exai.provider.actor.ProviderDirectory;
import io.exai.server.change.Changes;
import io.exai.server.change.TopicChanges;
import io.exai.server.edge.Connections;
import io.exai.server.edge.EdgeParts;
import io.exai.server.edge.OpParts;
import io.exai.server.edge.TokenRotation;
import io.exai.server.feature.FeatureParts;
import io.exai.server.feature.Features;
import io.exai.server.feature.Offer;
import io.exai.server.metric.NodeMetrics;
import io.exai.server.metric.Scrape;
import io.exai.server.metric.Sources;
import io.exai.server.quota.Quota;
import io.exai.server.security.Principals;
import io.exai.server.security.StateSeal;
import io.exai.server.session.CallCounters;
import io.exai.server.session.SessionCap;
import io.exai.server.session.SessionParts;
import io.exai.server.setting.Settings;
import io.exai.server.spending.NodeSpending;
import io.exai.server.spending.Spending;
import io.exai.server.tool.Models;
import io.exai.server.tool.Reports;
import io.exai.server.tool.Sharing;
import io.exai.server.tool.ToolParts;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.http.javadsl.ServerBinding;

/** One start of a node: what is started in which order, each with what it needs of the others. */
final class Start {
    private static final String INSTRUCTIONS =
            "Tools that ask language models on your behalf. Call listmodels to see which; chat asks one of them. "
                    + "Calls survive a lost connection: reconnect with the session id and unanswered calls are answered.";

    private final NodeParts node;
    private final Settings settings;
    private final Offer offer;
    private final StateSeal seal;
    private final Changes changes;
    private final JdbcPayloadStore payloads;
    private final NodeMetrics metrics;
    private final CallCounters counters;
    private final Connections connections = new Connections();

    Start(NodeParts node, Offer offer, StateSeal seal) {
        this.node = node;
        this.settings = node.settings();
        this.offer = offer;
        this.seal = seal;
        this.changes = TopicChanges.start(node.system());
        this.metrics = NodeMetrics.of(
                settings.metrics(), settings.config(), node.providers().catalogue(), toolNames());
        this.counters = new CallCounters(metrics.meter());
        this.payloads = new JdbcPayloadStore(node.database(), node.clock());
    }

    /** Completes when clients can come in. */
    CompletionStage<ServerBinding> run(Leaving leaving) {
        ToolParts tools = tools();
        Sessions sessions = Sessions.start(node.system(), sessionParts(tools));
        new Sweep(node, sessions, tools.conversations()).start(payloads);
        if (settings.persistence().journal().equals("h2")) {
            keepHouse();
        }
        return new Entrance(node, leaving, connections).open(edge(sessions, tools.reports()), op(), scrape(tools));
    }

    private ToolParts tools() {
        Models models = models();
        Reports reports = Figures.reports(settings, models, connections, counters);
        offer.toolbox().requireSources(reports);
        ToolParts alone = alone(reports, models);
        return alone.with(ShardedFlights.start(node, alone));
    }

    /** For calls that share with nobody. */
    private ToolParts alone(Reports reports, Models models) {
        return new ToolParts(
                offer.toolbox(),
                reports,
                models,
                quota(),
                ShardedConversations.start(node, changes),
                Set.copyOf(settings.quota().first()),
                changes::announce,
                settings.deadline().heartbeat(),
                settings.tools().clientSampling(),
                Sharing.none(),
                node.clock());
    }

    private Models models() {
        ProviderDirectory directory = node.providers();
        return Models.of(
                settings.providers(),
                directory.catalogue(),
                directory.providers(),
                directory.health(),
                spending(),
                metrics.meter());
    }

    private Set<String> toolNames() {
        return offer.toolbox().descriptions().stream()
                .map(ToolDescription::name)
                .collect(Collectors.toSet());
    }

    private Scrape scrape(ToolParts tools) {
        ProviderDirectory directory = node.providers();
        return metrics.open(
                node.system(),
                new Sources(
                        directory.providers(),
                        tools.quota(),
                        directory.health(),
                        tools.models().spending(),
                        connections::now,
                        counters::sessions));
    }

    private Spending spending() {
        UsageStore store = new JdbcUsageStore(
                node.database(), Dialect.of(settings.persistence().journal()));
        NodeSpending spending = NodeSpending.start(node.system(), store, settings.budget(), node.clock());
        CoordinatedShutdown.get(node.system())
                .addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "write-usage", spending::stop);
        return spending;
    }

    private ActorRef<Quota.Command> quota() {
        return node.system().systemActorOf(Quota.create(settings.quota(), node.shares()), "quota", Props.empty());
    }

    private SessionParts sessionParts(ToolParts tools) {
        return new SessionParts(
                settings.session(),
                settings.deadline(),
                tools,
                payloads,
                settings.persistence().payload().inlineLimit(),
                cap(),
                counters,
                seal,
                node.clock());
    }

    private ActorRef<SessionCap.Command> cap() {
        int most = settings.session().maxPerPrincipal();
        var cap = SessionCap.create(most, settings.session().idleTimeout(), System::nanoTime);
        return node.system().systemActorOf(cap, "session-cap", Props.empty());
    }

    private void keepHouse() {
        var housekeeper =
                H2Housekeeper.create(node.database(), settings.persistence().h2());
        node.system().systemActorOf(housekeeper, "h2-housekeeper", DispatcherSelector.fromConfig(Database.DISPATCHER));
    }

    private EdgeParts edge(Sessions sessions, Reports reports) {
        ServerMessages messages = new ServerMessages(new ServerIdentity(Version.text(), INSTRUCTIONS));
        return new EdgeParts(
                settings.http(),
                settings.limit(),
                messages,
                offer.toolbox(),
                reports,
                node.providers().catalogue(),
                sessions,
                features(messages),
                seal,
                changes,
                node.clock(),
                node.system().executionContext(),
                settings.session().idleTimeout().dividedBy(4));
    }

    private Features features(ServerMessages messages) {
        return new Features(new FeatureParts(
                messages,
                offer.toolbox(),
                offer.prompts(),
                offer.resources(),
                node.providers().catalogue(),
                seal,
                changes::announce,
                settings.features().pageSize()));
    }

    private OpParts op() {
        Principals principals = new Principals(settings.security());
        return new OpParts(
                settings.op(),
                new OpMessages(settings.op().compatText()),
                principals,
                new TokenRotation(principals, connections, settings.cluster()::isLocal),
                settings.deadline().heartbeat(),
                () -> Figures.health(settings, offer.toolbox(), connections, counters, node.clock()),
                settings.flight().distinctTools(),
                node.clock());
    }
}
