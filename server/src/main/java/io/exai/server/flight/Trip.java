package io.exai.server.flight;

/**
 * How a passenger stands with its flights. In each attempt one join may start a run, and the next attempt begins when that is
 * known to be lost: so there are never more runs for the passenger than attempts.
 */
final class Trip {
    private int attempt = 1;
    private boolean joined;
    private boolean aboard;

    /** The present one, counted from one. */
    int attempt() {
        return attempt;
    }

    /** Whether a flight has said that it carries the passenger. */
    boolean isAboard() {
        return aboard;
    }

    /** How many flights were lost. */
    int lost() {
        return attempt - 1;
    }

    /** Joins; tells whether that was done in this attempt before. */
    boolean join() {
        boolean again = joined;
        joined = true;
        return again;
    }

    /** A flight has taken the passenger aboard; true when that is news. */
    boolean board(int ofAttempt) {
        boolean news = ofAttempt == attempt && !aboard;
        aboard |= news;
        return news;
    }

    /** What was joined in that attempt is lost; true when that is news. */
    boolean lose(int ofAttempt) {
        if (ofAttempt != attempt) {
            return false;
        }
        attempt++;
        joined = false;
        aboard = false;
        return true;
    }
}
