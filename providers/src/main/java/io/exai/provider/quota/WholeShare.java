package io.exai.provider.quota;

import java.time.Duration;
import java.util.Optional;

/** All permits of a quota, for the only node there is. */
final class WholeShare implements Share {
    private final int limit;
    private int inUse;

    WholeShare(int limit) {
        this.limit = limit;
    }

    @Override
    public Optional<Duration> beat() {
        return Optional.empty();
    }

    @Override
    public boolean isFree() {
        return inUse < limit;
    }

    @Override
    public void take() {
        inUse++;
    }

    @Override
    public void giveBack() {
        inUse--;
    }

    @Override
    public void waiting(int count) {
        // nobody else could have a use for what is left
    }

    @Override
    public Verdict hear(Signal signal) {
        return Verdict.LOOK;
    }

    @Override
    public int inUse() {
        return inUse;
    }

    @Override
    public int leased() {
        return limit;
    }

    @Override
    public int limit() {
        return limit;
    }
}
