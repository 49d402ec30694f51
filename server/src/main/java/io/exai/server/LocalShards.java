package io.exai.server;

import java.util.Set;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;

/**
 * Which shards of a type of entities are on this node, as it was some seconds ago. Any thread may ask; who acts on an
 * answer that is no longer true pays with a message between nodes, nothing else.
 */
final class LocalShards {
    private final HashCodeMessageExtractor<Object> shards;
    private volatile Set<String> here = Set.of();

    LocalShards(int numberOfShards) {
        this.shards = new HashCodeMessageExtractor<>(numberOfShards);
    }

    /** Of a type whose region has been started. */
    static LocalShards of(ActorSystem<?> system, String typeName) {
        LocalShards local =
                new LocalShards(system.settings().config().getInt("pekko.cluster.sharding.number-of-shards"));
        system.systemActorOf(ShardWatch.create(typeName, local::are), typeName + "-shards", Props.empty());
        return local;
    }

    /** These shards are here now. */
    void are(Set<String> shardIds) {
        here = Set.copyOf(shardIds);
    }

    /** Whether an entity of that id would live on this node. */
    boolean have(String entityId) {
        return here.contains(shards.shardId(entityId));
    }
}
