package io.exai.server.spending.budget;

import java.time.Duration;
import java.time.Instant;

/** Whether a principal may spend more today. */
public sealed interface Verdict {
    /** No limit is near. */
    record Fine() implements Verdict {}

    /**
     * More may be spent, but not much.
     *
     * @param line for people, such as {@code budget daily.warn: 4.10 USD of 4.00 USD spent today}
     */
    record Warned(String line) implements Verdict {}

    /**
     * Nothing more may be spent on that day.
     *
     * @param budget the setting that says so, below {@code exai.budget}
     * @param limit in US dollars
     * @param spent in US dollars
     * @param renews when the next day begins
     * @param retryAfter how long that is from now
     */
    record Stopped(String budget, double limit, double spent, Instant renews, Duration retryAfter) implements Verdict {
        /** For people, such as {@code budget daily.stop: 5.00 USD of 5.00 USD spent today; renews 2026-01-02T00:00:00Z}. */
        public String line() {
            return Budgets.line(budget, Math.round(spent * 1e9), Math.round(limit * 1e9)) + "; renews " + renews;
        }
    }
}
