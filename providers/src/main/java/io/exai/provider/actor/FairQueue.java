package io.exai.provider.actor;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A queue in which sessions get equal shares: first in, first out within one, and of all that wait the one is next that
 * has had least. Start-time fair queueing, with each item of the same size: who comes after a rest is not put behind
 * those who were served meanwhile, and has nothing saved up either. Time goes on with each item, so that any number of
 * sessions that come for one thing each do not keep those waiting that were there before.
 *
 * @see <a href="https://doi.org/10.1109/90.649569">Goyal, Vin, Cheng: Start-time fair queueing</a>
 */
public final class FairQueue<T> {
    /** How many sessions that do not wait are remembered without need. */
    private static final int REMEMBERED = 64;

    private final Map<String, Line<T>> sessions = new HashMap<>();
    private final TreeSet<Line<T>> order = new TreeSet<>(
            Comparator.<Line<T>>comparingDouble(line -> line.turn).thenComparingLong(line -> line.arrival));
    private final Map<String, Double> nextTurns = new HashMap<>();
    private double turn;
    private long arrivals;
    private int size;

    /** What one session waits for, and from which turn on it is due. */
    private static final class Line<T> {
        private final String session;
        private final LinkedHashSet<T> items = new LinkedHashSet<>();
        private double turn;
        private long arrival;

        private Line(String session) {
            this.session = session;
        }
    }

    public void add(String session, T item) {
        Line<T> line = sessions.computeIfAbsent(session, this::open);
        if (line.items.add(item)) {
            size++;
        }
    }

    private Line<T> open(String session) {
        Line<T> line = new Line<>(session);
        Double next = nextTurns.remove(session);
        queue(line, next == null ? turn : Math.max(turn, next));
        return line;
    }

    private void queue(Line<T> line, double due) {
        line.turn = due;
        line.arrival = arrivals++;
        order.add(line);
    }

    /** The next item of the session that has had least. */
    public Optional<T> poll() {
        Line<T> line = order.pollFirst();
        if (line == null) {
            return Optional.empty();
        }
        turn = Math.max(turn + 1.0 / (sessions.size() + 1), line.turn);
        T item = line.items.iterator().next();
        line.items.remove(item);
        size--;
        if (line.items.isEmpty()) {
            close(line, line.turn + 1);
        } else {
            queue(line, line.turn + 1);
        }
        return Optional.of(item);
    }

    private void close(Line<T> line, double next) {
        sessions.remove(line.session);
        nextTurns.put(line.session, next);
        if (nextTurns.size() > REMEMBERED + 2 * sessions.size()) {
            nextTurns.values().removeIf(due -> due <= turn);
        }
    }

    /** False when the item was not waiting. */
    public boolean remove(String session, T item) {
        Line<T> line = sessions.get(session);
        if (line == null || !line.items.remove(item)) {
            return false;
        }
        size--;
        if (line.items.isEmpty()) {
            order.remove(line);
            close(line, line.turn);
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
