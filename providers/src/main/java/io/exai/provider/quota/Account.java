package io.exai.provider.quota;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the ledger knows of one node: the leases that may still be in effect there, and what it last told. */
final class Account {
    private final NavigableMap<Long, Integer> leases = new TreeMap<>();
    private @Nullable Holding told;
    private long heardAt;
    private int inUse;
    private boolean news;
    private @Nullable Long goneSince;

    /** Opened for a member that has never told anything. */
    Account(long now) {
        heardAt = now;
        leases.put(0L, 0);
    }

    /** Opened with what the node says it has: whatever it is, it is taken. */
    static Account claimedBy(Holding first, long now) {
        var account = new Account(now);
        account.leases.clear();
        account.leases.put(first.lease(), first.leased());
        account.hear(first, now);
        return account;
    }

    /** False for a report that a newer one has overtaken. */
    boolean hear(Holding report, long now) {
        if (told != null && report.sequence() - told.sequence() <= 0) {
            return false;
        }
        told = report;
        heardAt = now;
        inUse = report.inUse();
        leases.headMap(Math.min(report.lease(), number()), false).clear();
        boolean begunAnew = report.lease() == number() && report.leased() != permits();
        if (begunAnew) {
            lease(permits());
        }
        return true;
    }

    boolean isHeard() {
        return told != null;
    }

    /** Permits that the node may be using, at most; no one else can have them. */
    int charge() {
        return Math.max(inUse, Collections.max(leases.values()));
    }

    /** Permits of the newest lease. */
    int permits() {
        return leases.lastEntry().getValue();
    }

    int wanted() {
        return told == null ? 0 : told.wanted();
    }

    int limit() {
        return told == null ? Integer.MAX_VALUE : told.limit();
    }

    void lease(int permits) {
        leases.put(number() + 1, permits);
        news = true;
    }

    /** Whether the newest lease has not been sent yet. */
    boolean hasNews() {
        return news;
    }

    /** Takes everything back from a node that has been silent for so long that it has given up what it used. */
    void expire() {
        long next = number() + 1;
        leases.clear();
        leases.put(next, 0);
        inUse = 0;
    }

    boolean isSilentFor(long nanos, long now) {
        return now - heardAt > nanos;
    }

    /** How long the node has been no member, in nanoseconds, as far as this ledger saw. */
    long goneFor(boolean member, long now) {
        if (member) {
            goneSince = null;
            return 0;
        }
        if (goneSince == null) {
            goneSince = now;
        }
        return now - goneSince;
    }

    /** The newest lease, as an answer to the newest report. */
    Lease message(String incarnation, boolean confirmed) {
        news = false;
        long sequence = told == null ? 0 : told.sequence();
        return new Lease(incarnation, sequence, number(), permits(), confirmed);
    }

    private long number() {
        return leases.lastKey();
    }
}
