package io.exai.server.bench.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Many survivors at once. */
final class Crowd {
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final List<Survivor> survivors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    static Crowd of(String name, int size, Survivor.Manner manner) {
        Crowd crowd = new Crowd();
        for (int number = 0; number < size; number++) {
            Survivor survivor = new Survivor(name + number, manner, crowd.stopping);
            crowd.survivors.add(survivor);
            Thread thread = new Thread(survivor, name + number);
            thread.setDaemon(true);
            thread.start();
            crowd.threads.add(thread);
        }
        return crowd;
    }

    List<Survivor> survivors() {
        return survivors;
    }

    /** Why connections ended, and how often. */
    Map<String, Integer> reasons() {
        Map<String, Integer> reasons = new TreeMap<>();
        survivors.forEach(survivor ->
                survivor.diary().reasons().forEach((why, count) -> reasons.merge(why, count, Integer::sum)));
        return reasons;
    }

    /** Waits until all are done or the time is over. */
    void await(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
    }

    /** How often each failure was told, shortened. */
    Map<String, Integer> failures() {
        Map<String, Integer> failures = new TreeMap<>();
        survivors.forEach(survivor -> survivor.diary()
                .failures()
                .forEach(why -> failures.merge(why.substring(0, Math.min(160, why.length())), 1, Integer::sum)));
        return failures;
    }

    int answered() {
        return survivors.stream()
                .mapToInt(survivor -> survivor.diary().answers().size())
                .sum();
    }

    int lost() {
        return survivors.stream().mapToInt(survivor -> survivor.lost().size()).sum();
    }

    /** No new calls; waits for the answers of those that are under way, as long as the survivors are patient. */
    void finish() throws InterruptedException {
        stopping.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
