package io.exai.server.session;

import java.util.concurrent.atomic.LongAdder;

/** Calls of this node since it started; safe to use from any thread. */
public final class CallCounters {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder cancelled = new LongAdder();

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
}
