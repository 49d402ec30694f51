package io.exai.server.spending;

import io.exai.persistence.usage.UsageEntry;
import io.exai.persistence.usage.UsageTotals;
import io.exai.server.spending.budget.Today;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** What was spent today: what the database told, and what came to this node and cannot have been in that. */
final class Tally {
    private LocalDate day;
    private Map<String, UsageTotals> told = Map.of();
    private final Map<String, UsageTotals> since = new HashMap<>();
    private final Map<String, UsageTotals> lost = new HashMap<>();

    Tally(Instant now) {
        this.day = Today.day(now);
    }

    /** Whether a new day has begun; then nothing is spent yet. */
    boolean turn(Instant now) {
        if (Today.day(now).equals(day)) {
            return false;
        }
        day = Today.day(now);
        told = Map.of();
        since.clear();
        lost.clear();
        return true;
    }

    /** Counts what was recorded on this node. */
    void add(UsageEntry entry) {
        count(since, entry);
    }

    /** Goes on counting what will never be written; it was added before. */
    void lose(UsageEntry entry) {
        count(lost, entry);
    }

    /** Takes what the database says of a day; {@code unwritten} is what cannot have been in it. */
    void learn(LocalDate ofDay, Map<String, UsageTotals> spent, Unwritten unwritten) {
        if (ofDay.equals(day)) {
            told = Map.copyOf(spent);
            since.clear();
            since.putAll(lost);
            unwritten.forEach(this::add);
        }
    }

    Today today() {
        Map<String, UsageTotals> principals = new HashMap<>(told);
        since.forEach((principal, totals) -> principals.merge(principal, totals, UsageTotals::plus));
        UsageTotals all = principals.values().stream().reduce(UsageTotals.NONE, UsageTotals::plus);
        return new Today(day, Map.copyOf(principals), all);
    }

    private void count(Map<String, UsageTotals> where, UsageEntry entry) {
        if (Today.day(entry.at()).equals(day)) {
            where.merge(entry.principal(), entry.totals(), UsageTotals::plus);
        }
    }
}
