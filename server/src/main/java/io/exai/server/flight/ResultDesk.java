package io.exai.server.flight;

import io.exai.persistence.result.ResultStore;
import io.exai.persistence.result.StoredResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Where this node's flights look for kept answers in the database and leave theirs: one statement at a time for all that
 * waits meanwhile. Nobody waits for writing, so that it is done for many at once. What cannot be read is not found, and
 * what cannot be written is not kept.
 */
public final class ResultDesk extends AbstractBehavior<ResultDesk.Command> {
    /** What the desk can be told. */
    public sealed interface Command {}

    /** Looks for an answer; answered by Found. */
    record Find(String key, int turn, ActorRef<Found> replyTo) implements Command {}

    /** Asks under which keys with that beginning answers are kept; answered by Loaded. */
    record Load(String prefix, ActorRef<Loaded> replyTo) implements Command {}

    /** Keeps an answer. */
    record Keep(String key, Kept kept) implements Command {}

    private record Read(List<Find> asked, Map<String, StoredResult> results) implements Command {}

    private record KeysRead(Load asked, @Nullable Set<String> keys) implements Command {}

    private record WriteDue() implements Command {}

    private record Written() implements Command {}

    private record SweepDue() implements Command {}

    /** What there was, if anything, for whom it was asked. */
    record Found(int turn, @Nullable Kept kept) {}

    /** All the keys there were; null when they could not be read, or are too many. */
    record Loaded(@Nullable Set<String> keys) {}

    private static final int MOST_READ_AT_ONCE = 128;

    /** Keys that are told at once. */
    static final int MOST_LOADED = 10_000;

    private static final int MOST_WRITTEN_AT_ONCE = 500;

    /** How long an answer may wait for others to be written with. */
    static final Duration WRITE_DELAY = Duration.ofMillis(200);

    /** Answers that wait to be written; one more is not kept. */
    private static final int MOST_WAITING = 2_000;

    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

    private final ResultStore store;
    private final TimerScheduler<Command> timers;
    private final Deque<Find> wanted = new ArrayDeque<>();
    private final Deque<Load> unloaded = new ArrayDeque<>();
    private final Deque<StoredResult> unwritten = new ArrayDeque<>();
    private boolean reading;
    private boolean loading;
    private boolean writing;

    private ResultDesk(ActorContext<Command> context, TimerScheduler<Command> timers, ResultStore store) {
        super(context);
        this.timers = timers;
        this.store = store;
    }

    public static Behavior<Command> create(ResultStore store) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new SweepDue(), SWEEP_INTERVAL);
            return new ResultDesk(context, timers, store);
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Find.class, this::find)
                .onMessage(Load.class, this::load)
                .onMessage(KeysRead.class, this::keysRead)
                .onMessage(Keep.class, this::keep)
                .onMessage(Read.class, this::read)
                .onMessage(WriteDue.class, due -> write())
                .onMessage(Written.class, written -> written())
                .onMessage(SweepDue.class, due -> sweep())
                .build();
    }

    private Behavior<Command> find(Find asked) {
        wanted.add(asked);
        return look();
    }

    private Behavior<Command> look() {
        if (reading || wanted.isEmpty()) {
            return this;
        }
        List<Find> asked = next(wanted, MOST_READ_AT_ONCE);
        Set<String> keys = new LinkedHashSet<>();
        asked.forEach(find -> keys.add(find.key()));
        reading = true;
        getContext()
                .pipeToSelf(
                        store.find(keys), (results, failure) -> new Read(asked, results == null ? Map.of() : results));
        return this;
    }

    private Behavior<Command> read(Read read) {
        Map<String, Kept> found = new HashMap<>();
        read.results().forEach((key, result) -> found.put(key, new Kept(result.answer(), result.until())));
        read.asked().forEach(find -> find.replyTo().tell(new Found(find.turn(), found.get(find.key()))));
        reading = false;
        return look();
    }

    private Behavior<Command> load(Load asked) {
        unloaded.add(asked);
        return loadNext();
    }

    /** One after another: all towers of a node may start at once. */
    private Behavior<Command> loadNext() {
        Load asked = loading ? null : unloaded.poll();
        if (asked != null) {
            loading = true;
            getContext()
                    .pipeToSelf(
                            store.keys(asked.prefix(), MOST_LOADED + 1), (keys, failure) -> new KeysRead(asked, keys));
        }
        return this;
    }

    private Behavior<Command> keysRead(KeysRead read) {
        Set<String> keys = read.keys();
        read.asked().replyTo().tell(new Loaded(keys == null || keys.size() > MOST_LOADED ? null : keys));
        loading = false;
        return loadNext();
    }

    private Behavior<Command> keep(Keep keep) {
        if (unwritten.size() < MOST_WAITING) {
            unwritten.add(new StoredResult(
                    keep.key(), keep.kept().answer(), keep.kept().until()));
        }
        return writeSoon();
    }

    private Behavior<Command> writeSoon() {
        if (unwritten.size() >= MOST_WRITTEN_AT_ONCE) {
            return write();
        } else if (!unwritten.isEmpty() && !timers.isTimerActive(WriteDue.class)) {
            timers.startSingleTimer(WriteDue.class, new WriteDue(), WRITE_DELAY);
        }
        return this;
    }

    private Behavior<Command> write() {
        if (!writing && !unwritten.isEmpty()) {
            writing = true;
            getContext()
                    .pipeToSelf(store.keep(next(unwritten, MOST_WRITTEN_AT_ONCE)), (kept, failure) -> new Written());
        }
        return this;
    }

    private Behavior<Command> written() {
        writing = false;
        return writeSoon();
    }

    private Behavior<Command> sweep() {
        if (!writing) {
            writing = true;
            getContext().pipeToSelf(store.removeOld(), (removed, failure) -> new Written());
        }
        return this;
    }

    private static <T> List<T> next(Deque<T> waiting, int most) {
        List<T> next = new ArrayList<>();
        while (next.size() < most && !waiting.isEmpty()) {
            next.add(waiting.remove());
        }
        return next;
    }
}
