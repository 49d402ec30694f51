package io.exai.server.setting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much may be spent on a day of the calendar in UTC, and how long what calls cost is remembered.
 *
 * @param daily of all principals together
 * @param principals of each that is named
 * @param refresh how often a node looks what all nodes have spent
 * @param keep how long what a call cost is kept
 */
public record BudgetSettings(Limits daily, Map<String, Limits> principals, Duration refresh, Duration keep) {
    /**
     * Two amounts in US dollars; absent or 0 for no limit.
     *
     * @param warn from which on answers say so
     * @param stop from which on nothing more is spent
     */
    public record Limits(@Nullable Double warn, @Nullable Double stop) {
        private static final double MOST = 1e9;

        /** In billionths of a US dollar; 0 for none. */
        public long warnNanos() {
            return nanos(warn);
        }

        /** In billionths of a US dollar; 0 for none. */
        public long stopNanos() {
            return nanos(stop);
        }

        private void check(List<String> problems, String path) {
            amount(problems, path + ".warn", warn);
            amount(problems, path + ".stop", stop);
            if (stopNanos() > 0 && warnNanos() > stopNanos()) {
                problems.add(path + ".warn: " + warn + " (expected: at most stop = " + stop + ")");
            }
        }

        private static void amount(List<String> problems, String key, @Nullable Double dollars) {
            if (dollars != null && !(dollars >= 0 && dollars <= MOST)) {
                problems.add(key + ": " + dollars + " (expected: 0 to 1000000000)");
            }
        }

        private static long nanos(@Nullable Double dollars) {
            return dollars == null ? 0 : Math.round(dollars * 1e9);
        }
    }

    List<String> problems(String path) {
        List<String> problems = new ArrayList<>();
        daily.check(problems, path + ".daily");
        principals.forEach((name, limits) -> limits.check(problems, path + ".principals." + name));
        Range.check(problems, path + ".refresh", refresh, Duration.ofMillis(100), Duration.ofHours(1));
        Range.check(problems, path + ".keep", keep, Duration.ofDays(1), Duration.ofDays(3650));
        return problems;
    }
}
