package io.exai.server.spending;

import io.exai.server.spending.budget.Today;
import java.time.Instant;

/** Where the desk puts up what was spent today, for any thread to read, and sees whether anybody does. */
final class Board {
    private volatile Today latest;
    private volatile boolean asked;

    Board(Today first) {
        this.latest = first;
    }

    void post(Today today) {
        latest = today;
    }

    /** What was spent on the day of that moment: nothing when the latest is of another day. */
    Today read(Instant now) {
        if (!asked) { // a write that all threads would wait for each other to make
            asked = true;
        }
        Today today = latest;
        return today.day().equals(Today.day(now)) ? today : Today.at(now);
    }

    /** Whether anybody has read since this was asked last. */
    boolean wasRead() {
        boolean was = asked;
        asked = false;
        return was;
    }
}
