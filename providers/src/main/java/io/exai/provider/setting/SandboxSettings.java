package io.exai.provider.setting;

import java.time.Duration;
import java.util.List;

/**
 * How the sandbox behaves, and how it is called.
 *
 * @param enabled {@code auto} (on when no other provider is), {@code on} or {@code off}
 * @param latency time before the first byte of an answer
 * @param tokenRate streamed words a second; 0 is as fast as possible
 * @param errorRate share of requests answered 500
 * @param rateLimitRate share of requests answered 429 with {@code retryAfter}
 * @param stallRate share of requests that fall silent after one word
 * @param breakRate share of requests cut after one word
 * @param seed of the generator that decides the shares
 * @param logLimit requests remembered; the oldest are dropped
 * @param apiKey that requests must show; empty for any or none
 * @param requestsPerMinute of each dialect; 0 is without a bound
 */
public record SandboxSettings(
        String enabled,
        int maxInFlight,
        int maxWaiting,
        Duration maxWait,
        Duration latency,
        double tokenRate,
        double errorRate,
        double rateLimitRate,
        Duration retryAfter,
        double stallRate,
        double breakRate,
        long seed,
        int logLimit,
        String apiKey,
        int requestsPerMinute) {
    /** How many requests a sandbox that runs alone should remember. */
    public static final int STANDALONE_LOG_LIMIT = 100_000;

    private static final List<String> SWITCH = List.of("auto", "on", "off");

    /** The same behaviour with another log limit. */
    public SandboxSettings withLogLimit(int limit) {
        return with(limit, apiKey);
    }

    /** The same behaviour with another key. */
    public SandboxSettings withApiKey(String key) {
        return with(logLimit, key);
    }

    private SandboxSettings with(int limit, String key) {
        return new SandboxSettings(
                enabled,
                maxInFlight,
                maxWaiting,
                maxWait,
                latency,
                tokenRate,
                errorRate,
                rateLimitRate,
                retryAfter,
                stallRate,
                breakRate,
                seed,
                limit,
                key,
                requestsPerMinute);
    }

    /**
     * Whether it is needed.
     *
     * @param alone whether no other provider is on
     */
    public boolean isOn(boolean alone) {
        return enabled.equals("on") || (enabled.equals("auto") && alone);
    }

    /** How many calls run and wait. */
    public Gate gate() {
        return new Gate(maxInFlight, maxWaiting, maxWait);
    }

    /** Range violations, each {@code path.key: value (expected: what)}. */
    public List<String> problems(String path) {
        var problems = new Problems(path);
        problems.oneOf("enabled", enabled, SWITCH);
        problems.addAll(gate().problems(path));
        problems.duration("latency", latency, Duration.ZERO, Duration.ofMinutes(10));
        problems.real("token-rate", tokenRate, 0, 100_000);
        problems.real("error-rate", errorRate, 0, 1);
        problems.real("rate-limit-rate", rateLimitRate, 0, 1);
        problems.duration("retry-after", retryAfter, Duration.ZERO, Duration.ofHours(1));
        problems.real("stall-rate", stallRate, 0, 1);
        problems.real("break-rate", breakRate, 0, 1);
        problems.whole("log-limit", logLimit, 0, 1_000_000);
        problems.secret("api-key", apiKey);
        problems.whole("requests-per-minute", requestsPerMinute, 0, 1_000_000);
        return problems.list();
    }

    @Override
    public String toString() {
        return "SandboxSettings[enabled=" + enabled + ", " + gate() + ", latency=" + latency + ", tokenRate="
                + tokenRate + ", apiKey=" + Secret.masked(apiKey) + ']';
    }
}
