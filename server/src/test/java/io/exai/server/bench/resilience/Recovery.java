package io.exai.server.bench.resilience;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What followed a fault.
 *
 * @param settled when the last survivor had removed the dead member; null when one had not by the next fault
 * @param next when the next fault could come
 */
record Recovery(Storm.Strike strike, @Nullable Instant settled, Instant next) {
    /** From the fault until it had settled. */
    Optional<Duration> settling() {
        return Optional.ofNullable(settled).map(moment -> Duration.between(strike.moment(), moment));
    }

    /** From the moment it had settled until every vendor was used to its limit, one by one; empty when one never was. */
    Optional<Duration> filling(Map<String, Integer> limits, Map<String, Occupation> vendors) {
        if (settled == null) {
            return Optional.empty();
        }
        Duration longest = Duration.ZERO;
        for (var vendor : vendors.entrySet()) {
            Optional<Duration> full = vendor.getValue().until(limits.getOrDefault(vendor.getKey(), 0), settled);
            if (full.isEmpty() || settled.plus(full.get()).isAfter(next)) {
                return Optional.empty();
            }
            longest = longest.compareTo(full.get()) < 0 ? full.get() : longest;
        }
        return Optional.of(longest);
    }
}
