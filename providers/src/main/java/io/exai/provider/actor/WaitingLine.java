package io.exai.provider.actor;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Who waits for a permit: higher classes first, and within a class sessions in turns. Each class has its own bound. */
public final class WaitingLine<T> {
    private final int bound;
    private final Map<Priority, FairQueue<T>> classes = new EnumMap<>(Priority.class);
    private int size;

    /**
     * @param bound how many of one class may wait
     */
    public WaitingLine(int bound) {
        this.bound = bound;
        for (Priority each : Priority.values()) {
            classes.put(each, new FairQueue<>());
        }
    }

    public boolean isFull(Priority priority) {
        return line(priority).size() >= bound;
    }

    public void add(Priority priority, String session, T item) {
        FairQueue<T> line = line(priority);
        int before = line.size();
        line.add(session, item);
        size += line.size() - before;
    }

    public Optional<T> poll() {
        for (FairQueue<T> line : classes.values()) {
            if (!line.isEmpty()) {
                size--;
                return line.poll();
            }
        }
        return Optional.empty();
    }

    /** False when the item was not waiting. */
    public boolean remove(Priority priority, String session, T item) {
        boolean waited = line(priority).remove(session, item);
        size -= waited ? 1 : 0;
        return waited;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** How many have a better place than one who comes now. */
    public int ahead(Priority priority) {
        return classes.entrySet().stream()
                .filter(line -> line.getKey().compareTo(priority) <= 0)
                .mapToInt(line -> line.getValue().size())
                .sum();
    }

    private FairQueue<T> line(Priority priority) {
        return java.util.Objects.requireNonNull(classes.get(priority));
    }
}
