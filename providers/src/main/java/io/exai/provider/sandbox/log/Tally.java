package io.exai.provider.sandbox.log;

/** Counts requests: all, running now, and the most that ever ran at once. */
final class Tally {
    private long requests;
    private int inFlight;
    private int maxInFlight;

    /** The counts at one moment. */
    record Counts(long requests, int inFlight, int maxInFlight) {}

    void arrive() {
        requests++;
        inFlight++;
        maxInFlight = Math.max(maxInFlight, inFlight);
    }

    void end() {
        inFlight--;
    }

    Counts counts() {
        return new Counts(requests, inFlight, maxInFlight);
    }
}
