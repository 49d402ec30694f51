package io.exai.provider.quota;

import io.exai.provider.setting.LeaseSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The permits that the ledger has leased to this node. In doubt there are none. */
final class LeasedShare implements Share {
    /**
     * What a share needs.
     *
     * @param clock monotonic, in nanoseconds
     * @param ledger takes reports to wherever the ledger is; they may get lost
     */
    record Parts(LeaseSettings settings, LongSupplier clock, Supplier<Members> members, Consumer<Holding> ledger) {}

    /** How often a share looks whether there is a majority, and tells small news. */
    static final Duration LOOK = Duration.ofMillis(100);

    /**
     * How long what was wanted is wanted on, at least half of it: whoever makes one call after the other finds a permit at
     * hand each time.
     */
    static final Duration HABIT = Duration.ofSeconds(1);

    private static final Duration BEAT = Duration.ofMillis(25);
    private static final long HASTE = Duration.ofMillis(20).toNanos();

    private final int limit;
    private final Parts parts;
    private String incarnation = "";
    private long number;
    private int leased;
    private int inUse;
    private int waiting;
    private int peak;
    private int peakBefore;
    private long peakSince;
    private int toldWanted;
    private long toldNumber;
    private boolean pressing;
    private long sentAt;
    private long horizon;
    private long confirmedAt;
    private boolean confirmed;
    private long tickedAt;
    private long lookedAt;
    private @Nullable Long minoritySince;

    LeasedShare(int limit, Parts parts) {
        this.limit = limit;
        this.parts = parts;
        this.tickedAt = parts.clock().getAsLong();
        this.sentAt = tickedAt - 1;
        this.horizon = sentAt;
        this.lookedAt = tickedAt;
        this.peakSince = tickedAt;
        send();
    }

    @Override
    public Optional<Duration> beat() {
        return Optional.of(BEAT);
    }

    @Override
    public boolean isFree() {
        return inUse < leased
                && minoritySince == null
                && confirmed
                && isWithin(parts.settings().validity());
    }

    @Override
    public void take() {
        inUse++;
        peak = Math.max(peak, inUse + waiting);
    }

    @Override
    public void giveBack() {
        boolean owed = inUse > leased;
        inUse--;
        if (owed) {
            hurry();
        }
    }

    @Override
    public void waiting(int count) {
        waiting = count;
        peak = Math.max(peak, inUse + waiting);
        if (waiting > 0 && wanted() > toldWanted) {
            hurry();
        }
    }

    @Override
    public Verdict hear(Signal signal) {
        if (signal instanceof Lease lease) {
            hear(lease);
            return Verdict.LOOK;
        }
        return tick();
    }

    @Override
    public int inUse() {
        return inUse;
    }

    @Override
    public int leased() {
        return leased;
    }

    @Override
    public int limit() {
        return limit;
    }

    /** Only what answers a report of this very acquaintance counts: what was under way from earlier ledgers does not. */
    private void hear(Lease lease) {
        if (lease.sequence() - horizon <= 0 || lease.sequence() - sentAt > 0) {
            return;
        }
        if (!lease.incarnation().equals(incarnation)) {
            incarnation = lease.incarnation();
            number = 0;
            horizon = sentAt;
            send();
            return;
        }
        boolean lowered = lease.number() > number && lease.permits() < leased;
        if (lease.number() > number) {
            number = lease.number();
            leased = lease.permits();
        }
        if (lease.confirmed() && (!confirmed || lease.sequence() - confirmedAt > 0)) {
            confirmed = true;
            confirmedAt = lease.sequence();
        }
        if (lowered) {
            send();
        }
    }

    private Verdict tick() {
        long now = parts.clock().getAsLong();
        boolean frozen = now - tickedAt > parts.settings().validity().toNanos();
        tickedAt = now;
        if (now - lookedAt >= LOOK.toNanos()) {
            look(now);
        }
        if (now - peakSince >= HABIT.toNanos() / 2) {
            peakSince = now;
            peakBefore = peak;
            peak = inUse + waiting;
        }
        boolean cutOff = minoritySince != null
                && now - minoritySince >= parts.settings().minorityPatience().toNanos();
        boolean news = now - sentAt >= LOOK.toNanos() && (wanted() != toldWanted || number != toldNumber);
        if (pressing
                || news
                || now - sentAt >= parts.settings().reportInterval().toNanos()) {
            send();
        }
        return inUse > 0 && (frozen || cutOff || isForgotten()) ? Verdict.REVOKED : Verdict.LOOK;
    }

    private void look(long now) {
        lookedAt = now;
        if (parts.members().get().hasMajority()) {
            minoritySince = null;
        } else if (minoritySince == null) {
            minoritySince = now;
        }
    }

    private boolean isForgotten() {
        return !confirmed || !isWithin(parts.settings().giveUp());
    }

    private boolean isWithin(Duration time) {
        return parts.clock().getAsLong() - confirmedAt <= time.toNanos();
    }

    private int wanted() {
        return Math.min(limit, Math.max(peak, peakBefore));
    }

    private void hurry() {
        pressing = true;
        if (parts.clock().getAsLong() - sentAt >= HASTE) {
            send();
        }
    }

    private void send() {
        long now = parts.clock().getAsLong();
        sentAt = now - sentAt > 0 ? now : sentAt + 1;
        if (isForgotten()) {
            leased = 0; // by now it may be somebody else's, which the next ledger would not know
        }
        toldWanted = wanted();
        toldNumber = number;
        pressing = false;
        parts.ledger()
                .accept(new Holding(
                        parts.members().get().self(), sentAt, incarnation, number, leased, inUse, toldWanted, limit));
    }
}
