package io.exai.persistence.h2;

import java.time.Duration;

/** How many bytes a step of compaction may copy so that it takes about as long as it should. */
record CompactionPace(Duration step, int bytes) {
    private static final int LEAST = 64 * 1024;
    private static final int MOST = 16 * 1024 * 1024;

    static CompactionPace of(Duration step) {
        return new CompactionPace(step, 1024 * 1024);
    }

    /** The pace after a step that took so long. */
    CompactionPace after(Duration took) {
        if (took.compareTo(step) > 0) {
            return new CompactionPace(step, Math.max(LEAST, bytes / 2));
        }
        return took.multipliedBy(2).compareTo(step) < 0 ? new CompactionPace(step, Math.min(MOST, bytes * 2)) : this;
    }
}
