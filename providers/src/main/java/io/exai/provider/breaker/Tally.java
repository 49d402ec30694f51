package io.exai.provider.breaker;

/**
 * Calls that ended since the tally before.
 *
 * @param last failures after the last healthy end
 */
public record Tally(int healthy, int failed, int last) {
    static final Tally NONE = new Tally(0, 0, 0);

    Tally plus(boolean healthyEnd) {
        return healthyEnd ? new Tally(healthy + 1, failed, 0) : new Tally(healthy, failed + 1, last + 1);
    }

    boolean isEmpty() {
        return healthy == 0 && failed == 0;
    }
}
