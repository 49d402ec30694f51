package io.exai.server.flight;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;

/**
 * Which keys an answer may be kept under. It leaves none out. It names some that have none: few up to some ten thousand
 * answers, more with more of them; so it takes little room however many there are. A Bloom filter in two generations, which
 * takes its bits from the digits of the key, as that is a digest.
 */
final class KeptKeys {
    private static final int BITS = 1 << 17;
    private static final int PROBES = 4;
    private static final int DIGITS = 5;

    /** The digits before it are those that all keys of a tower begin with. */
    private static final int FIRST_DIGIT = 4;

    private final Duration longest;
    private BitSet recent = new BitSet();
    private BitSet earlier = new BitSet();
    private Instant nextGeneration;
    private Instant blindUntil;

    /**
     * Knows nothing of what was kept before, so that any key may be one, until that is too old.
     *
     * @param longest an answer is kept no longer than that
     */
    KeptKeys(Duration longest, Instant now) {
        this.longest = longest;
        this.nextGeneration = now.plus(longest);
        this.blindUntil = now.plus(longest);
    }

    /** All that was kept before. */
    void load(Collection<String> keys, Instant now) {
        keys.forEach(key -> add(key, now));
        blindUntil = now;
    }

    /** An answer is kept from now on. */
    void add(String key, Instant now) {
        forget(now);
        for (int probe = 0; probe < PROBES; probe++) {
            recent.set(bit(key, probe));
        }
    }

    /** False only when no answer is kept. */
    boolean mayHold(String key, Instant now) {
        forget(now);
        return now.isBefore(blindUntil) || isIn(recent, key) || isIn(earlier, key);
    }

    private static boolean isIn(BitSet generation, String key) {
        for (int probe = 0; probe < PROBES; probe++) {
            if (!generation.get(bit(key, probe))) {
                return false;
            }
        }
        return true;
    }

    /** What was kept before the last generation began is too old. */
    private void forget(Instant now) {
        if (now.isBefore(nextGeneration)) {
            return;
        }
        earlier = now.isBefore(nextGeneration.plus(longest)) ? recent : new BitSet();
        recent = new BitSet();
        nextGeneration = now.plus(longest);
    }

    private static int bit(String key, int probe) {
        int from = FIRST_DIGIT + probe * DIGITS;
        return Integer.parseInt(key, from, from + DIGITS, 16) % BITS;
    }
}
