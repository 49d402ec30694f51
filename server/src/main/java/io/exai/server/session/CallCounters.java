package io.exai.server.session;

import java.util.concurrent.atomic.LongAdder;

/** Calls of this node since it started, and the sessions it has in memory; safe to use from any thread. */
public final class CallCounters {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder sessions = new LongAdder();

    void accept() {
        accepted.increment();
    }

    void answer() {
        answered.increment();
    }

    void fail() {
        failed.increment();
    }

    void refuse() {
        refused.increment();
    }

    void cancel() {
        cancelled.increment();
    }

    void load() {
        sessions.increment();
    }

    void unload() {
        sessions.decrement();
    }

    public long accepted() {
        return accepted.sum();
    }

    public long answered() {
        return answered.sum();
    }

    public long failed() {
        return failed.sum();
    }

    public long refused() {
        return refused.sum();
    }

    public long cancelled() {
        return cancelled.sum();
    }

    /** Calls that were accepted and have not ended. */
    public long running() {
        return Math.max(0, accepted() - answered() - failed() - cancelled());
    }

    /** How many are in memory now. */
    public long sessions() {
        return sessions.sum();
    }
}
