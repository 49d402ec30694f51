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
        Duration longest = Duration.ZERO;
        for (String vendor : limits.keySet()) {
            Optional<Duration> full = filling(vendor, limits, vendors);
            if (full.isEmpty()) {
                return full;
            }
            longest = longest.compareTo(full.get()) < 0 ? full.get() : longest;
        }
        return Optional.of(longest);
    }

    /** The same, from the fault itself. */
    Optional<Duration> whole(Map<String, Integer> limits, Map<String, Occupation> vendors) {
        return settling().flatMap(before -> filling(limits, vendors).map(before::plus));
    }

    String story(Map<String, Integer> limits, Map<String, Occupation> vendors) {
        StringBuilder story = new StringBuilder("node " + strike.victim() + " settled after " + millis(settling()));
        limits.keySet()
                .forEach(vendor -> story.append(", then " + vendor + " full after ")
                        .append(millis(filling(vendor, limits, vendors))));
        return story.toString();
    }

    private Optional<Duration> filling(String vendor, Map<String, Integer> limits, Map<String, Occupation> vendors) {
        Occupation occupation = vendors.get(vendor);
        Instant from = settled;
        return from == null || occupation == null
                ? Optional.empty()
                : occupation
                        .until(limits.getOrDefault(vendor, 0), from)
                        .filter(time -> !from.plus(time).isAfter(next));
    }

    private static String millis(Optional<Duration> time) {
        return time.map(some -> some.toMillis() + " ms").orElse("never");
    }
}
