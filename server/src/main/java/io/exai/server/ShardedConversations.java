package io.exai.server;

import io.exai.server.change.Changes;
import io.exai.server.conversation.Conversation;
import io.exai.server.conversation.ConversationCommand;
import io.exai.server.conversation.Conversations;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/** Conversations as the cluster shards them. */
record ShardedConversations(ActorRef<ShardingEnvelope<ConversationCommand>> region) implements Conversations {
    static ShardedConversations start(NodeParts node, Changes changes) {
        Conversation.Parts parts =
                new Conversation.Parts(node.settings().conversation().lifetime(), changes::announce, node.clock());
        return new ShardedConversations(ClusterSharding.get(node.system())
                .init(Entity.of(
                                Conversation.KEY,
                                entity -> Conversation.create(entity.getEntityId(), entity.getShard(), parts))
                        .withStopMessage(new ConversationCommand.Stop())));
    }

    @Override
    public void tell(String continuationId, ConversationCommand command) {
        region.tell(new ShardingEnvelope<>(continuationId, command));
    }
}
