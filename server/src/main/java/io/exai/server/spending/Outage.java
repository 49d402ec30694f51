package io.exai.server.spending;

import java.time.Duration;
import org.slf4j.Logger;

/** How long the database has been taking nothing, what that costs, and what is said of it. */
final class Outage {
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int DOUBLED_AT_MOST = 10;

    private final Logger log;
    private int failures;
    private long dropped;

    Outage(Logger log) {
        this.log = log;
    }

    boolean isOn() {
        return failures > 0;
    }

    /** How long to wait now: twice as long with each failure, up to half a minute. */
    Duration failed(Throwable failure) {
        if (failures++ == 0) {
            log.warn("usage of calls: not written, tried again until it is: {}", failure.getMessage());
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - 1, DOUBLED_AT_MOST));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    void dropped(int most) {
        if (dropped++ == 0) {
            log.warn("usage of calls: more than {} wait to be written, the oldest are dropped", most);
        }
    }

    void end() {
        if (isOn()) {
            log.info("usage of calls: written again");
        }
        failures = 0;
        tellLoss();
    }

    /** Says what was lost in the end. */
    void left(int unwritten) {
        dropped += unwritten;
        tellLoss();
    }

    private void tellLoss() {
        if (dropped > 0) {
            log.warn("usage of calls: {} are not in the database, and in no report", dropped);
        }
        dropped = 0;
    }
}
