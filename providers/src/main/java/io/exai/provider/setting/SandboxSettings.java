package io.exai.provider.setting;

import java.time.Duration;

/** How the sandbox behaves, and how it is called. */
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
        int logLimit) {}
