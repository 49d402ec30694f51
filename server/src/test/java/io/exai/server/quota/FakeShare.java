package io.exai.server.quota;

import io.exai.provider.quota.Share;
import java.time.Duration;
import java.util.Optional;

/** A share whose permits the test decides on. */
final class FakeShare implements Share {
    static final int LIMIT = 1_000;

    int permits;
    int waiting;
    boolean revoked;
    private int inUse;

    FakeShare(int permits) {
        this.permits = permits;
    }

    @Override
    public Optional<Duration> beat() {
        return Optional.empty();
    }

    @Override
    public boolean isFree() {
        return inUse < permits;
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
        waiting = count;
    }

    @Override
    public Verdict hear(Signal signal) {
        return revoked ? Verdict.REVOKED : Verdict.LOOK;
    }

    @Override
    public int inUse() {
        return inUse;
    }

    @Override
    public int leased() {
        return permits;
    }

    @Override
    public int limit() {
        return LIMIT;
    }
}
