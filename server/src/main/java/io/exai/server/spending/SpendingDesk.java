package io.exai.server.spending;

import io.exai.persistence.usage.UsageStore;
import io.exai.server.setting.BudgetSettings;
import io.exai.server.spending.budget.Budgets;
import io.exai.server.spending.budget.Today;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Where a node collects what its calls cost, writes it, and keeps up with what all nodes have spent today. One statement at
 * a time, so that of each entry it is known whether what is read can hold it.
 */
final class SpendingDesk extends AbstractBehavior<DeskCommand> {
    static final Duration FLUSH_PATIENCE = Duration.ofSeconds(5);

    /** How long an entry may wait for others to be written with. */
    static final Duration WRITE_DELAY = Duration.ofMillis(250);

    static final int MOST_WRITTEN_AT_ONCE = 200;
    static final int MOST_UNWRITTEN = 50_000;

    /** Looking at many calls takes long; it may take a tenth of the time. */
    private static final int REST_PER_LOOK = 10;

    /** Less than that, should a clock be set meanwhile. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private static final Duration FIRST_SWEEP = Duration.ofMinutes(1);
    private static final Duration SWEEP_INTERVAL = Duration.ofDays(1);

    private final TimerScheduler<DeskCommand> timers;
    private final UsageStore store;
    private final BudgetSettings settings;
    private final Board board;
    private final Clock clock;
    private final Outage outage;
    private final Ledger ledger;
    private final Agenda agenda = new Agenda(MOST_WRITTEN_AT_ONCE);
    private final boolean budgets;
    private boolean changed;
    private boolean recorded;
    private @Nullable ActorRef<Done> leaver;

    private SpendingDesk(
            ActorContext<DeskCommand> context,
            TimerScheduler<DeskCommand> timers,
            UsageStore store,
            BudgetSettings settings,
            Board board,
            Clock clock) {
        super(context);
        this.timers = timers;
        this.store = store;
        this.settings = settings;
        this.board = board;
        this.clock = clock;
        this.outage = new Outage(context.getLog());
        Budgets limits = new Budgets(settings);
        this.ledger = new Ledger(MOST_UNWRITTEN, limits, board, clock, outage, context.getLog());
        this.budgets = limits.exist();
    }

    static Behavior<DeskCommand> create(UsageStore store, BudgetSettings settings, Board board, Clock clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new DeskCommand.SweepDue(), FIRST_SWEEP, SWEEP_INTERVAL);
            return new SpendingDesk(context, timers, store, settings, board, clock).next();
        }));
    }

    @Override
    public Receive<DeskCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(DeskCommand.Add.class, this::add)
                .onMessage(DeskCommand.Changed.class, done -> post())
                .onMessage(DeskCommand.WriteDue.class, due -> next(Agenda::writeIsDue))
                .onMessage(DeskCommand.Written.class, this::written)
                .onMessage(DeskCommand.LookDue.class, due -> lookDue())
                .onMessage(DeskCommand.Looked.class, this::looked)
                .onMessage(DeskCommand.SweepDue.class, due -> next(Agenda::sweepIsDue))
                .onMessage(DeskCommand.Swept.class, swept -> next(Agenda::done))
                .onMessage(DeskCommand.Stop.class, this::stop)
                .onMessage(DeskCommand.FlushPatienceOver.class, over -> leave())
                .build();
    }

    private Behavior<DeskCommand> add(DeskCommand.Add added) {
        if (!ledger.add(added.entry())) {
            return this;
        }
        recorded = true;
        if (!changed) { // one new board for all that came at once
            changed = true;
            getContext().getSelf().tell(new DeskCommand.Changed());
        }
        return next();
    }

    private Behavior<DeskCommand> post() {
        changed = false;
        ledger.post();
        return this;
    }

    private Behavior<DeskCommand> next(Consumer<Agenda> news) {
        news.accept(agenda);
        return next();
    }

    private Behavior<DeskCommand> next() {
        switch (agenda.next(ledger.unwritten(), outage.isOn())) {
            case LOOK -> look();
            case WRITE -> write();
            case WRITE_SOON -> writeSoon();
            case SWEEP -> sweep();
            case LEAVE -> {
                return leave();
            }
            case NOTHING -> {}
        }
        return this;
    }

    private void writeSoon() {
        if (!timers.isTimerActive(DeskCommand.WriteDue.class)) {
            writeAfter(WRITE_DELAY);
        }
    }

    private void writeAfter(Duration wait) {
        timers.startSingleTimer(DeskCommand.WriteDue.class, new DeskCommand.WriteDue(), wait);
    }

    private void write() {
        timers.cancel(DeskCommand.WriteDue.class);
        getContext()
                .pipeToSelf(
                        store.add(ledger.take(MOST_WRITTEN_AT_ONCE)),
                        (done, failure) -> new DeskCommand.Written(failure));
    }

    private Behavior<DeskCommand> written(DeskCommand.Written result) {
        if (result.failure() == null) {
            ledger.written();
        } else {
            ledger.notWritten();
            writeAfter(outage.failed(result.failure()));
        }
        return next(Agenda::done);
    }

    /** Only if somebody wants to know: who asked, or who has a budget of which something was spent. */
    private Behavior<DeskCommand> lookDue() {
        if (board.wasRead() || (recorded && budgets)) {
            return next(Agenda::lookIsDue);
        }
        lookAfter(settings.refresh());
        return this;
    }

    private void lookAfter(Duration wait) {
        timers.startSingleTimer(DeskCommand.LookDue.class, new DeskCommand.LookDue(), wait);
    }

    private void look() {
        recorded = false;
        Instant now = clock.instant();
        Today today = Today.at(now);
        getContext()
                .pipeToSelf(
                        store.spent(today.begins()),
                        (spent, failure) -> new DeskCommand.Looked(today.day(), now, spent, failure));
    }

    /** A look that takes long is not taken often, and one that failed is taken again. */
    private Behavior<DeskCommand> looked(DeskCommand.Looked look) {
        if (look.spent() != null) {
            ledger.learn(look.day(), look.spent());
        } else {
            recorded = true;
            getContext().getLog().debug("usage of today: not read, looked for again soon", look.failure());
        }
        lookAfter(rest(Duration.between(look.began(), clock.instant())));
        return next(Agenda::done);
    }

    private Duration rest(Duration took) {
        Duration rest = took.multipliedBy(REST_PER_LOOK);
        Duration bounded = rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
        return bounded.compareTo(settings.refresh()) > 0 ? bounded : settings.refresh();
    }

    private void sweep() {
        getContext()
                .pipeToSelf(
                        store.removeBefore(clock.instant().minus(settings.keep())),
                        (removed, failure) -> new DeskCommand.Swept());
    }

    private Behavior<DeskCommand> stop(DeskCommand.Stop command) {
        leaver = command.replyTo();
        timers.startSingleTimer(
                DeskCommand.FlushPatienceOver.class, new DeskCommand.FlushPatienceOver(), FLUSH_PATIENCE);
        return next(Agenda::leaveIsDue);
    }

    private Behavior<DeskCommand> leave() {
        outage.left(ledger.unwritten());
        if (leaver != null) {
            leaver.tell(Done.done());
        }
        return Behaviors.stopped();
    }
}
