package io.exai.server.spending.budget;

import io.exai.server.setting.BudgetSettings;
import io.exai.server.setting.BudgetSettings.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may spend how much on a day. */
public final class Budgets {
    private static final Verdict FINE = new Verdict.Fine();

    private final BudgetSettings settings;

    public Budgets(BudgetSettings settings) {
        this.settings = settings;
    }

    /** Whether it matters to anybody what was spent. */
    public boolean exist() {
        return isSet(settings.daily())
                || settings.principals().values().stream().anyMatch(Budgets::isSet);
    }

    /** Whether it matters to that principal what was spent. */
    public boolean concern(String principal) {
        return isSet(settings.daily()) || isSet(settings.principals().get(principal));
    }

    /** Refuses what any limit forbids; warns of the limit that is the principal's own first. */
    public Verdict verdict(String principal, Today today, Instant now) {
        List<Account> accounts = new ArrayList<>();
        Limits own = settings.principals().get(principal);
        if (own != null) {
            accounts.add(new Account(
                    "principals." + principal, own, today.of(principal).costNanos()));
        }
        accounts.add(new Account("daily", settings.daily(), today.all().costNanos()));
        for (Account account : accounts) {
            if (account.isStopped()) {
                return new Verdict.Stopped(
                        account.name() + ".stop",
                        Usd.dollars(account.limits().stopNanos()),
                        Usd.dollars(account.spent()),
                        today.ends(),
                        Duration.between(now, today.ends()));
            }
        }
        return accounts.stream()
                .filter(Account::isWarned)
                .findFirst()
                .<Verdict>map(account -> new Verdict.Warned(account.warning()))
                .orElse(FINE);
    }

    /** What may be spent before the first limit stops it, in billionths of a US dollar; 0 when none does, else at least 1. */
    public long left(String principal, Today today) {
        Limits own = settings.principals().get(principal);
        long least = Math.min(
                own == null ? Long.MAX_VALUE : left(own, today.of(principal).costNanos()),
                left(settings.daily(), today.all().costNanos()));
        return least == Long.MAX_VALUE ? 0 : Math.max(1, least);
    }

    private static long left(Limits limits, long spent) {
        return limits.stopNanos() == 0 ? Long.MAX_VALUE : limits.stopNanos() - spent;
    }

    /** A line for each limit that is reached: its name, and what there is to say. */
    public List<Reached> reached(Today today) {
        List<Reached> reached = new ArrayList<>();
        settings.principals()
                .forEach((principal, limits) -> new Account(
                                "principals." + principal,
                                limits,
                                today.of(principal).costNanos())
                        .tell(reached));
        new Account("daily", settings.daily(), today.all().costNanos()).tell(reached);
        return reached;
    }

    /** How it is said that so much of a limit is spent. */
    static String line(String budget, long spentNanos, long limitNanos) {
        return "budget " + budget + ": " + Usd.text(spentNanos) + " USD of " + Usd.text(limitNanos)
                + " USD spent today";
    }

    private static boolean isSet(@Nullable Limits limits) {
        return limits != null && (limits.warnNanos() > 0 || limits.stopNanos() > 0);
    }

    /** A limit that is reached, by its name below {@code exai.budget}. */
    public record Reached(String budget, String line) {}

    /** Limits, and what was spent of them in billionths of a US dollar. */
    private record Account(String name, Limits limits, long spent) {
        boolean isStopped() {
            return limits.stopNanos() > 0 && spent >= limits.stopNanos();
        }

        boolean isWarned() {
            return limits.warnNanos() > 0 && spent >= limits.warnNanos();
        }

        String warning() {
            return line(name + ".warn", spent, limits.warnNanos());
        }

        void tell(List<Reached> reached) {
            if (isWarned()) {
                reached.add(new Reached(name + ".warn", warning()));
            }
            if (isStopped()) {
                reached.add(new Reached(name + ".stop", line(name + ".stop", spent, limits.stopNanos())));
            }
        }
    }
}
