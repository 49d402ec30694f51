package io.exai.provider.actor;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;

/** A queue in which sessions take turns: round-robin between them, first in first out within one. */
public final class FairQueue<T> {
    private final LinkedHashMap<String, LinkedHashSet<T>> sessions = new LinkedHashMap<>();
    private int size;

    public void add(String session, T item) {
        if (sessions.computeIfAbsent(session, first -> new LinkedHashSet<>()).add(item)) {
            size++;
        }
    }

    /** The next item of the session whose turn it is; that session then goes to the end of the round. */
    public Optional<T> poll() {
        if (sessions.isEmpty()) {
            return Optional.empty();
        }
        String session = sessions.keySet().iterator().next();
        LinkedHashSet<T> items = sessions.remove(session);
        if (items == null) {
            return Optional.empty();
        }
        T item = items.iterator().next();
        items.remove(item);
        size--;
        if (!items.isEmpty()) {
            sessions.put(session, items);
        }
        return Optional.of(item);
    }

    /** False when the item was not waiting. */
    public boolean remove(String session, T item) {
        LinkedHashSet<T> items = sessions.get(session);
        if (items == null || !items.remove(item)) {
            return false;
        }
        size--;
        if (items.isEmpty()) {
            sessions.remove(session);
        }
        return true;
    }

    public int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
