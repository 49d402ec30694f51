package io.exai.provider.sandbox.log;

import io.exai.provider.sandbox.wire.Dialect;
import io.exai.provider.sandbox.wire.Stamp;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Remembers the latest requests and counts them all; safe for any thread, cheap under load. */
public final class RequestLog {
    private static final int MOST_RECEIVED = 1_000;

    private final int limit;
    private final Clock clock;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final ArrayDeque<Entry> full = new ArrayDeque<>();
    private final Tally all = new Tally();
    private final Map<Dialect, Tally> byDialect = new EnumMap<>(Dialect.class);
    private long seq;

    /** The counts of all requests and of each dialect. */
    record Stats(Tally.Counts all, Map<Dialect, Tally.Counts> byDialect) {}

    public RequestLog(int limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
        for (Dialect dialect : Dialect.values()) {
            byDialect.put(dialect, new Tally());
        }
    }

    public synchronized Entry arrive(Dialect dialect, @Nullable Asked asked, HttpRequest request, ByteString body) {
        var entry = new Entry(new Stamp(++seq, clock.instant()), dialect, asked, request, body);
        all.arrive();
        tally(dialect).arrive();
        entries.addLast(entry);
        if (entries.size() > limit) {
            entries.removeFirst();
        }
        full.addLast(entry);
        if (full.size() > MOST_RECEIVED) {
            full.removeFirst().forgetReceived();
        }
        return entry;
    }

    /** Only the first ending of a request counts. */
    public synchronized void end(Entry entry, Outcome outcome) {
        if (entry.ending() == null) {
            entry.end(new Entry.Ending(clock.instant(), outcome));
            all.end();
            tally(entry.dialect()).end();
        }
    }

    /** In order of arrival. */
    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    synchronized Stats stats() {
        var counts = new EnumMap<Dialect, Tally.Counts>(Dialect.class);
        byDialect.forEach((dialect, tally) -> counts.put(dialect, tally.counts()));
        return new Stats(all.counts(), counts);
    }

    private Tally tally(Dialect dialect) {
        return byDialect.computeIfAbsent(dialect, any -> new Tally());
    }
}
