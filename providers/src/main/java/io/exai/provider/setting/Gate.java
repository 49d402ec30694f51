package io.exai.provider.setting;

import java.time.Duration;
import java.util.List;

/**
 * How many calls of one provider run, and how others wait for them.
 *
 * @param maxInFlight calls of all nodes together
 * @param maxWaiting calls of one priority that may wait for a permit on this node; one more is refused
 * @param maxWait how long a call may wait for a permit before it is refused
 * @param requestsPerMinute of this node; 0 for no limit
 * @param tokensPerMinute of this node; 0 for no limit
 */
public record Gate(int maxInFlight, int maxWaiting, Duration maxWait, int requestsPerMinute, int tokensPerMinute) {
    /** Without limits by the minute. */
    public Gate(int maxInFlight, int maxWaiting, Duration maxWait) {
        this(maxInFlight, maxWaiting, maxWait, 0, 0);
    }

    List<String> problems(String path) {
        var problems = new Problems(path);
        problems.whole("max-in-flight", maxInFlight, 1, 10_000);
        problems.whole("max-waiting", maxWaiting, 0, 100_000);
        problems.duration("max-wait", maxWait, Duration.ofMillis(1), Duration.ofMinutes(10));
        return problems.list();
    }
}
