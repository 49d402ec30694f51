package io.exai.server.spending;

/** What a desk is to do next; it does one thing at a time. */
final class Agenda {
    /** One of those things. */
    enum Step {
        NOTHING,
        LOOK,
        WRITE,
        WRITE_SOON,
        SWEEP,
        LEAVE
    }

    private final int many;
    private boolean busy;
    private boolean lookDue = true;
    private boolean writeDue;
    private boolean sweepDue;
    private boolean leaving;

    /** From {@code many} unwritten entries on it does not wait for more. */
    Agenda(int many) {
        this.many = many;
    }

    void lookIsDue() {
        lookDue = true;
    }

    void writeIsDue() {
        writeDue = true;
    }

    void sweepIsDue() {
        sweepDue = true;
    }

    /** From now on all that matters is what is not written. */
    void leaveIsDue() {
        leaving = true;
        writeDue = true;
    }

    /** Says that the step under way is over. */
    void done() {
        busy = false;
    }

    /**
     * What to begin now. While it is not known whether a batch was written, what is read cannot be told apart from it, and is
     * not read.
     */
    Step next(int unwritten, boolean outage) {
        if (leaving && unwritten == 0) {
            return Step.LEAVE;
        } else if (busy) {
            return Step.NOTHING;
        } else if (lookDue && !outage && !leaving) {
            lookDue = false;
            return begin(Step.LOOK);
        } else if (unwritten > 0 && (writeDue || isHurried(unwritten, outage))) {
            writeDue = false;
            return begin(Step.WRITE);
        } else if (sweepDue && !leaving) {
            sweepDue = false;
            return begin(Step.SWEEP);
        }
        return unwritten > 0 ? Step.WRITE_SOON : Step.NOTHING;
    }

    private boolean isHurried(int unwritten, boolean outage) {
        return !outage && (unwritten >= many || leaving);
    }

    private Step begin(Step step) {
        busy = true;
        return step;
    }
}
