package io.exai.server.spending;

import io.exai.server.spending.budget.Budgets;
import io.exai.server.spending.budget.Today;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;

/** Says in the log when a limit is reached, once a day for each. */
final class Alarm {
    private final Budgets budgets;
    private final Logger log;
    private final Set<String> told = new HashSet<>();
    private LocalDate day = LocalDate.EPOCH;

    Alarm(Budgets budgets, Logger log) {
        this.budgets = budgets;
        this.log = log;
    }

    void look(Today today) {
        if (!today.day().equals(day)) {
            day = today.day();
            told.clear();
        }
        for (Budgets.Reached reached : budgets.reached(today)) {
            if (told.add(reached.budget())) {
                log.warn("{}", reached.line());
            }
        }
    }
}
