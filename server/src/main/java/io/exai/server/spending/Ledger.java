package io.exai.server.spending;

import io.exai.persistence.usage.UsageEntry;
import io.exai.persistence.usage.UsageTotals;
import io.exai.server.spending.budget.Budgets;
import io.exai.server.spending.budget.Today;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** What a node knows of today's spending: counted, put up for all threads to see, and held until it is written. */
final class Ledger {
    private final Unwritten unwritten;
    private final Board board;
    private final Clock clock;
    private final Tally tally;
    private final Alarm alarm;
    private final Outage outage;
    private final int most;

    /** Holds {@code most} unwritten entries. */
    Ledger(int most, Budgets budgets, Board board, Clock clock, Outage outage, Logger log) {
        this.most = most;
        this.unwritten = new Unwritten(most);
        this.board = board;
        this.clock = clock;
        this.tally = new Tally(clock.instant());
        this.alarm = new Alarm(budgets, log);
        this.outage = outage;
    }

    /** Whether it was counted: one whose id waits already is not. It is on the board after the next {@link #post}. */
    boolean add(UsageEntry entry) {
        tally.turn(clock.instant());
        if (!unwritten.add(entry)) {
            return false;
        }
        tally.add(entry);
        UsageEntry dropped = unwritten.surplus();
        if (dropped != null) {
            tally.lose(dropped);
            outage.dropped(most);
        }
        return true;
    }

    /** Puts up what is spent now. */
    void post() {
        Today today = tally.today();
        board.post(today);
        alarm.look(today);
    }

    /** Takes what the database says of a day, and puts it up. */
    void learn(LocalDate day, Map<String, UsageTotals> spent) {
        tally.turn(clock.instant());
        tally.learn(day, spent, unwritten);
        post();
    }

    /** The next ones to write; one of the following two has to be called before this is again. */
    List<UsageEntry> take(int count) {
        return unwritten.take(count);
    }

    void written() {
        unwritten.written();
        outage.end();
    }

    void notWritten() {
        unwritten.notWritten();
    }

    int unwritten() {
        return unwritten.size();
    }
}
