package io.exai.provider.actor;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Keeps items by the time they are due; times are of {@link System#nanoTime} and may overflow. */
final class Deadlines<T> {
    private final TreeMap<Key, T> items = new TreeMap<>();

    /** A time, made unique by a number. */
    private record Key(long due, long number) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            long apart = due - other.due;
            return apart == 0 ? Long.compare(number, other.number) : Long.signum(apart);
        }
    }

    void add(long due, long number, T item) {
        items.put(new Key(due, number), item);
    }

    void remove(long due, long number) {
        items.remove(new Key(due, number));
    }

    /** Removes and returns what is due, the longest due first. */
    List<T> due(long now) {
        var due = new ArrayList<T>();
        while (!items.isEmpty() && items.firstKey().due() - now <= 0) {
            due.add(items.pollFirstEntry().getValue());
        }
        return due;
    }

    /** The next time anything is due. */
    OptionalLong next() {
        return items.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(items.firstKey().due());
    }
}
