package io.exai.server.conversation;

import io.exai.server.conversation.ConversationCommand.AskForWord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Who may speak: one at a time, in order of asking. Not kept over a restart: who spoke then speaks on, and asks again. */
final class Word {
    /** How many may wait. */
    private static final int MOST_WAITING = 16;

    private final Deque<AskForWord> waiting = new ArrayDeque<>();
    private @Nullable ActorRef<Void> holder;

    boolean isFull() {
        return waiting.size() >= MOST_WAITING;
    }

    boolean isFree() {
        return holder == null && waiting.isEmpty();
    }

    void add(AskForWord wish) {
        waiting.add(wish);
    }

    void remove(ActorRef<Void> gone) {
        if (gone.equals(holder)) {
            holder = null;
        }
        waiting.removeIf(wish -> wish.holder().equals(gone));
    }

    /** Who has the word now and had it not before. */
    Optional<AskForWord> next() {
        if (holder != null || waiting.isEmpty()) {
            return Optional.empty();
        }
        AskForWord next = waiting.remove();
        holder = next.holder();
        return Optional.of(next);
    }
}
