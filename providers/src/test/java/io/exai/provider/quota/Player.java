package io.exai.provider.quota;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A simulated node: its share, what runs and waits there, perhaps the ledger. Times are in nanoseconds. */
final class Player {
    private static final long TICK = 100_000_000;
    private static final long MILLI = 1_000_000;
    private static final long LONG = 2_000 * MILLI;

    final String name;
    final Deque<Runnable> inbox = new ArrayDeque<>();

    @Nullable
    Accounts ledger;

    boolean alive = true;
    boolean removed;
    /** Zero for the side that decides. */
    int side;

    long frozenUntil = Long.MIN_VALUE;
    /** When the others see this node as unreachable, and when it sees them so. */
    long seenAt = Long.MAX_VALUE;

    long seesAt = Long.MAX_VALUE;
    long exitsAt = Long.MAX_VALUE;
    /** What it knew when it last belonged to the deciding side. */
    Set<String> known = Set.of();

    String home = "";
    int demand;

    private @Nullable LeasedShare share;
    private boolean ticked;
    private long frozenSince;
    private long nextTick;
    private final PriorityQueue<Long> ends = new PriorityQueue<>();

    Player(String name) {
        this.name = name;
    }

    /** Begins anew, as an actor does that was restarted: whatever ran has ended. */
    void open(LeasedShare opened, long now) {
        share = opened;
        ends.clear();
        inbox.clear();
        nextTick = now;
    }

    LeasedShare share() {
        return Objects.requireNonNull(share, name);
    }

    boolean runs(long now) {
        return alive && now >= frozenUntil;
    }

    boolean isHere(long now) {
        return runs(now) && !removed && side == 0;
    }

    void freeze(long now, long until) {
        frozenSince = now;
        frozenUntil = until;
        ticked = false;
    }

    /** What it uses, or could use without asking. What ran when it froze for long has lost its permits and cannot know. */
    int holds(long now) {
        boolean lost = !ticked && (removed || now - frozenSince > LONG);
        int used = lost ? 0 : share().inUse();
        return !alive ? 0 : runs(now) && share().isFree() ? Math.max(share().leased(), used) : used;
    }

    void act(long now, Random random) {
        while (!inbox.isEmpty()) {
            inbox.poll().run();
        }
        if (now >= nextTick) {
            nextTick = now + TICK;
            obey(share().hear(new Share.Tick()));
            ticked = true;
        }
        while (!ends.isEmpty() && ends.peek() <= now) {
            ends.poll();
            share().giveBack();
        }
        while (ends.size() < demand && share().isFree()) {
            share().take();
            long millis = random.nextInt(10) > 0 ? random.nextInt(800) : random.nextInt(15_000);
            ends.add(now + millis * MILLI);
        }
        share().waiting(Math.max(0, demand - ends.size()));
    }

    void obey(Share.Verdict verdict) {
        if (verdict == Share.Verdict.REVOKED) {
            ends.forEach(call -> share().giveBack());
            ends.clear();
        }
    }
}
