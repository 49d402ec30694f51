package io.exai.server;

import io.exai.server.conversation.Conversation;
import io.exai.server.conversation.ConversationCommand;
import io.exai.server.conversation.ConversationCommand.ConversationReply;
import io.exai.server.resource.LiveResources;
import io.exai.server.session.Session;
import io.exai.server.session.SessionCommand;
import io.exai.server.session.SessionCommand.Described;
import io.exai.server.session.SessionKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/** Finds sessions and conversations by their ids, wherever they are. */
record ShardedOwners(ActorSystem<?> system) implements LiveResources.Owners {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public CompletionStage<Described> session(String sessionId, String principal) {
        return plain(ClusterSharding.get(system)
                .entityRefFor(Session.KEY, SessionKey.of(sessionId))
                .<Described>ask(replyTo -> new SessionCommand.Describe(principal, replyTo), PATIENCE));
    }

    @Override
    public CompletionStage<ConversationReply> conversation(String continuationId, String principal) {
        return plain(ClusterSharding.get(system)
                .entityRefFor(Conversation.KEY, continuationId)
                .<ConversationReply>ask(replyTo -> new ConversationCommand.Show(principal, replyTo), PATIENCE));
    }

    /** The same without the thread that each stage of an ask would start. */
    private <T> CompletionStage<T> plain(CompletionStage<T> asked) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        asked.whenCompleteAsync(
                (value, failure) -> {
                    if (failure == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                },
                system.executionContext());
        return answer;
    }
}
