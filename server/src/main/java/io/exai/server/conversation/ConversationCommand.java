package io.exai.server.conversation;

import io.exai.cluster.ClusterMessage;
import io.exai.persistence.conversation.Turn;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** What a conversation can be told. */
public sealed interface ConversationCommand extends ClusterMessage {
    /**
     * Asks for the word, for as long as {@code holder} lives: one has it at a time, others wait; answered by Floor,
     * Unknown or Busy.
     *
     * @param begin whether an unknown conversation begins now
     */
    record AskForWord(String principal, boolean begin, ActorRef<Void> holder, ActorRef<ConversationReply> replyTo)
            implements ConversationCommand {}

    /** Writes a turn down, once for each call; answered by Taken or Unknown when that is done. */
    record TakeTurn(String principal, Turn turn, ActorRef<ConversationReply> replyTo) implements ConversationCommand {}

    /** Asks for what was said; answered by Floor or Unknown. */
    record Show(String principal, ActorRef<ConversationReply> replyTo) implements ConversationCommand {}

    /** Looks whether the conversation has outlived its time. */
    record Sweep() implements ConversationCommand {}

    /** Leaves memory; from the shard. */
    record Stop() implements ConversationCommand {}

    /** Who had the word, or waited for it, is gone. */
    record HolderStopped(ActorRef<Void> holder) implements ConversationCommand {}

    /** Nobody has said anything for a while. */
    record Quiet() implements ConversationCommand {}

    /** What a conversation answers. */
    sealed interface ConversationReply extends ClusterMessage {}

    /** What was said, oldest first; who asked for the word has it. */
    record Floor(List<Turn> turns) implements ConversationReply {}

    /** The turn is written down. */
    record Taken(int turns) implements ConversationReply {}

    /** Not begun, forgotten, or somebody else's: the same to all. */
    record Unknown() implements ConversationReply {}

    /** Too many wait for the word. */
    record Busy() implements ConversationReply {}
}
