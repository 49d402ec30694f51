package io.exai.server.bench.resilience;

import io.exai.server.e2e.SandboxProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** How many requests were in progress at each moment, from a sandbox's own book: every change, not samples. */
final class Occupation {
    private final NavigableMap<Instant, Integer> counts;

    private Occupation(NavigableMap<Instant, Integer> counts) {
        this.counts = counts;
    }

    /** A request that ends in the moment in which another arrives makes room for it. */
    static Occupation of(Collection<SandboxProcess.Visit> visits) {
        NavigableMap<Instant, Integer> changes = new TreeMap<>();
        for (SandboxProcess.Visit visit : visits) {
            changes.merge(visit.arrived(), 1, Integer::sum);
            if (visit.ended() != null) {
                changes.merge(visit.ended(), -1, Integer::sum);
            }
        }
        int running = 0;
        for (var change : changes.entrySet()) {
            running += change.getValue();
            change.setValue(running);
        }
        return new Occupation(changes);
    }

    int most() {
        return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    int at(Instant moment) {
        var last = counts.floorEntry(moment);
        return last == null ? 0 : last.getValue();
    }

    /** A time in which more were in progress than allowed. */
    record Excess(Instant from, Duration lasting, int most) {}

    /** In order; one that has not ended lasts to the last change. */
    List<Excess> above(int limit) {
        List<Excess> all = new ArrayList<>();
        Instant from = null;
        int most = 0;
        for (var change : counts.entrySet()) {
            if (change.getValue() > limit) {
                from = from == null ? change.getKey() : from;
                most = Math.max(most, change.getValue());
            } else if (from != null) {
                all.add(new Excess(from, Duration.between(from, change.getKey()), most));
                from = null;
                most = 0;
            }
        }
        if (from != null) {
            all.add(new Excess(from, Duration.between(from, counts.lastKey()), most));
        }
        return all;
    }

    /** From a moment until that many were in progress; empty when that never came. */
    Optional<Duration> until(int wanted, Instant from) {
        if (at(from) >= wanted) {
            return Optional.of(Duration.ZERO);
        }
        return counts.tailMap(from, false).entrySet().stream()
                .filter(change -> change.getValue() >= wanted)
                .findFirst()
                .map(change -> Duration.between(from, change.getKey()));
    }

    /** Over a time that is not empty. */
    double mean(Instant from, Instant to) {
        double sum = 0;
        Instant since = from;
        int running = at(from);
        for (var change : counts.subMap(from, false, to, false).entrySet()) {
            sum += running * (double) Duration.between(since, change.getKey()).toNanos();
            since = change.getKey();
            running = change.getValue();
        }
        sum += running * (double) Duration.between(since, to).toNanos();
        return sum / Duration.between(from, to).toNanos();
    }
}
