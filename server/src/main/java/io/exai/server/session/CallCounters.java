package io.exai.server.session;

import io.exai.server.metric.Ending;
import io.exai.server.metric.Meter;
import java.util.concurrent.atomic.LongAdder;

/** Calls of this node since it started, and the sessions it has in memory; safe to use from any thread. */
public final class CallCounters {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder sessions = new LongAdder();
    private final Meter meter;

    /** {@code meter} hears of each call that is over. */
    public CallCounters(Meter meter) {
        this.meter = meter;
    }

    void accept() {
        accepted.increment();
    }

    void answer(String tool) {
        answered.increment();
        meter.ended(tool, Ending.ANSWERED);
    }

    void fail(String tool) {
        failed.increment();
        meter.ended(tool, Ending.FAILED);
    }

    void refuse(String tool) {
        refused.increment();
        meter.ended(tool, Ending.REFUSED);
    }

    void cancel(String tool) {
        cancelled.increment();
        meter.ended(tool, Ending.CANCELLED);
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
