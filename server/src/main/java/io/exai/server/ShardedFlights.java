package io.exai.server;

import io.exai.persistence.result.JdbcResultStore;
import io.exai.persistence.schema.Dialect;
import io.exai.server.flight.Boarding;
import io.exai.server.flight.Flights;
import io.exai.server.flight.Tower;
import io.exai.server.flight.TowerCommand;
import io.exai.server.setting.Settings;
import io.exai.server.tool.Sharing;
import io.exai.server.tool.ToolParts;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/** Flights as the cluster shards them: by the beginning of their key. */
record ShardedFlights(ActorSystem<?> system, ClusterSharding sharding) implements Flights {
    /**
     * The way into flights, for calls of this node.
     *
     * @param alone with which calls run that share with nobody
     */
    static Sharing start(NodeParts node, ToolParts alone) {
        Settings settings = node.settings();
        ClusterSharding sharding = ClusterSharding.get(node.system());
        Boarding boarding = Boarding.start(
                node.system(),
                alone,
                settings.flight(),
                new JdbcResultStore(
                        node.database(), Dialect.of(settings.persistence().journal()), node.clock()),
                new ShardedFlights(node.system(), sharding),
                node.nodes(),
                settings.session().handOver());
        sharding.init(Entity.of(Tower.KEY, entity -> boarding.tower(entity.getEntityId()))
                .withStopMessage(new TowerCommand.Stop()));
        return boarding;
    }

    @Override
    public void tell(String key, TowerCommand command) {
        if (!LastNode.isLeaving(system)) {
            sharding.entityRefFor(Tower.KEY, Tower.idFor(key)).tell(command);
        }
    }
}
