package io.exai.server.spending;

import io.exai.persistence.usage.UsageEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the database has not confirmed yet, in the order it came, each id once. */
final class Unwritten {
    private final int most;
    private final Deque<UsageEntry> waiting = new ArrayDeque<>();
    private final Set<String> ids = new HashSet<>();
    private List<UsageEntry> taken = List.of();

    /** Holds {@code most} entries. */
    Unwritten(int most) {
        this.most = most;
    }

    /** Whether it was added: one whose id is here already is not. */
    boolean add(UsageEntry entry) {
        return ids.add(entry.id()) && waiting.add(entry);
    }

    /** The oldest one that nobody is writing, removed, if there are too many. */
    @Nullable
    UsageEntry surplus() {
        UsageEntry oldest = size() > most ? waiting.poll() : null;
        if (oldest != null) {
            ids.remove(oldest.id());
        }
        return oldest;
    }

    /** The next ones to write; one of the following two has to be called before this is again. */
    List<UsageEntry> take(int count) {
        List<UsageEntry> next = new ArrayList<>();
        while (next.size() < count && !waiting.isEmpty()) {
            next.add(waiting.remove());
        }
        taken = next;
        return List.copyOf(next);
    }

    void written() {
        taken.forEach(entry -> ids.remove(entry.id()));
        taken = List.of();
    }

    void notWritten() {
        for (int index = taken.size() - 1; index >= 0; index--) {
            waiting.addFirst(taken.get(index));
        }
        taken = List.of();
    }

    void forEach(Consumer<UsageEntry> action) {
        taken.forEach(action);
        waiting.forEach(action);
    }

    int size() {
        return taken.size() + waiting.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }
}
