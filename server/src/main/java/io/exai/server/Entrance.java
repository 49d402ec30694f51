package io.exai.server;

import io.exai.persistence.database.JdbcJournalProbe;
import io.exai.server.edge.Connections;
import io.exai.server.edge.EdgeParts;
import io.exai.server.edge.HttpEdge;
import io.exai.server.edge.Monitoring;
import io.exai.server.edge.OpParts;
import io.exai.server.health.Health;
import io.exai.server.metric.Scrape;
import io.exai.server.setting.Settings;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;

/** Where clients come in; the last part of a node to open, and the first to close. */
record Entrance(NodeParts node, Leaving leaving, Connections connections) {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration UNBIND_TIMEOUT = Duration.ofSeconds(3);

    CompletionStage<ServerBinding> open(EdgeParts edge, OpParts op, Scrape scrape) {
        ActorSystem<Void> system = node.system();
        Monitoring monitoring = new Monitoring(health(), scrape, system.executionContext());
        HttpEdge http = new HttpEdge(edge, op, monitoring, connections, system);
        system.systemActorOf(Aftermath.create(connections), "aftermath", Props.empty());
        system.systemActorOf(Isolation.create(connections::alone), "isolation", Props.empty());
        planToLeave();
        return Http.get(system)
                .newServerAt(edge.http().host(), edge.http().port())
                .bind(http::handle)
                .thenApplyAsync(
                        binding -> binding.addToCoordinatedShutdown(UNBIND_TIMEOUT, system), system.executionContext());
    }

    private Health health() {
        Cluster cluster = Cluster.get(node.system());
        return new Health(
                Version.text(),
                new JdbcJournalProbe(node.database(), PROBE_TIMEOUT),
                () -> cluster.selfMember().status().toString(),
                leaving::hasBegun,
                connections::isAlone);
    }

    private void planToLeave() {
        Settings settings = node.settings();
        Duration grace = settings.cluster().isLocal()
                ? Duration.ZERO
                : settings.cluster().drain().grace();
        leaving.plan(grace, connections);
        leaving.task(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "stop-providers", node.providers()::stop);
    }
}
