package io.exai.persistence.bench;

import io.exai.persistence.journal.Tally;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Entities that are each given the next event as soon as the last one is on disk. */
final class Load {
    private static final String TEXT = "e".repeat(300);

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicBoolean measuring = new AtomicBoolean();
    private final LongAdder persisted = new LongAdder();
    private final LatencyRecord latencies = new LatencyRecord();

    private Load() {}

    /** Spawns that many entities and starts to drive them. */
    static Load start(ActorSystem<?> system, String prefix, int entities, int snapshotEvery) {
        var load = new Load();
        for (int i = 0; i < entities; i++) {
            var id = prefix + i;
            system.systemActorOf(load.driver(id, snapshotEvery), "driver-" + id, Props.empty());
        }
        return load;
    }

    long persisted() {
        return persisted.sum();
    }

    LatencyRecord latencies() {
        return latencies;
    }

    void measure(boolean on) {
        measuring.set(on);
    }

    void stop() {
        running.set(false);
    }

    private Behavior<Tally.Count> driver(String id, int snapshotEvery) {
        return Behaviors.setup(context -> {
            var tally = context.spawn(Tally.create(id, snapshotEvery), "tally");
            next(tally, context.getSelf());
            return waiting(tally, System.nanoTime());
        });
    }

    private Behavior<Tally.Count> waiting(ActorRef<Tally.Command> tally, long since) {
        return Behaviors.receive((context, count) -> {
            var now = System.nanoTime();
            persisted.increment();
            if (measuring.get()) {
                latencies.add(now - since);
            }
            if (!running.get()) {
                return Behaviors.stopped();
            }
            next(tally, context.getSelf());
            return waiting(tally, now);
        });
    }

    private static void next(ActorRef<Tally.Command> tally, ActorRef<Tally.Count> driver) {
        tally.tell(new Tally.Add(TEXT, driver));
    }
}
