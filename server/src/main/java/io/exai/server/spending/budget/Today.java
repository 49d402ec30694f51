package io.exai.server.spending.budget;

import io.exai.persistence.usage.UsageTotals;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * What was spent on a day, as far as a node knew at one moment.
 *
 * @param day of the calendar in UTC
 * @param principals who have spent something
 * @param all of them together
 */
public record Today(LocalDate day, Map<String, UsageTotals> principals, UsageTotals all) {
    /** A day on which nothing was spent yet. */
    public static Today at(Instant moment) {
        return new Today(day(moment), Map.of(), UsageTotals.NONE);
    }

    /** What that principal has spent. */
    public UsageTotals of(String principal) {
        return principals.getOrDefault(principal, UsageTotals.NONE);
    }

    /** The first instant of the day. */
    public Instant begins() {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The first instant of the next day. */
    public Instant ends() {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The day of the calendar in UTC. */
    public static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
