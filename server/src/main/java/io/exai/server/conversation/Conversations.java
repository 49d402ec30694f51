package io.exai.server.conversation;

/** The way to conversations, wherever in the cluster they are. */
@FunctionalInterface
public interface Conversations {
    void tell(String continuationId, ConversationCommand command);
}
