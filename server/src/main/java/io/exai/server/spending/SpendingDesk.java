package io.exai.server.spending;

import io.exai.persistence.usage.UsageEntry;
import io.exai.persistence.usage.UsageStore;
import io.exai.server.setting.BudgetSettings;
import io.exai.server.spending.DeskCommand.Add;
import io.exai.server.spending.DeskCommand.Changed;
import io.exai.server.spending.DeskCommand.FlushPatienceOver;
import io.exai.server.spending.DeskCommand.LookDue;
import io.exai.server.spending.DeskCommand.Looked;
import io.exai.server.spending.DeskCommand.Stop;
import io.exai.server.spending.DeskCommand.SweepDue;
import io.exai.server.spending.DeskCommand.Swept;
import io.exai.server.spending.DeskCommand.WriteDue;
import io.exai.server.spending.DeskCommand.Written;
import io.exai.server.spending.budget.Budgets;
import io.exai.server.spending.budget.Today;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private final Unwritten unwritten = new Unwritten(MOST_UNWRITTEN);
    private final Tally tally;
    private final Alarm alarm;
    private final Outage outage;
    private final boolean budgets;
    private boolean busy;
    private boolean writeDue;
    private boolean lookDue = true;
    private boolean sweepDue;
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
        this.tally = new Tally(clock.instant());
        Budgets limits = new Budgets(settings);
        this.alarm = new Alarm(limits, context.getLog());
        this.outage = new Outage(context.getLog());
        this.budgets = limits.exist();
    }

    static Behavior<DeskCommand> create(UsageStore store, BudgetSettings settings, Board board, Clock clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new SweepDue(), FIRST_SWEEP, SWEEP_INTERVAL);
            SpendingDesk desk = new SpendingDesk(context, timers, store, settings, board, clock);
            desk.next();
            return desk;
        }));
    }

    @Override
    public Receive<DeskCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(Add.class, this::add)
                .onMessage(Changed.class, done -> post())
                .onMessage(WriteDue.class, due -> writeDue())
                .onMessage(Written.class, this::written)
                .onMessage(LookDue.class, due -> lookDue())
                .onMessage(Looked.class, this::looked)
                .onMessage(SweepDue.class, due -> sweepDue())
                .onMessage(Swept.class, done -> free())
                .onMessage(Stop.class, this::stop)
                .onMessage(FlushPatienceOver.class, over -> leave())
                .build();
    }

    private Behavior<DeskCommand> add(Add added) {
        tally.turn(clock.instant());
        if (!unwritten.add(added.entry())) {
            return this;
        }
        tally.add(added.entry());
        recorded = true;
        UsageEntry dropped = unwritten.surplus();
        if (dropped != null) {
            tally.lose(dropped);
            outage.dropped(MOST_UNWRITTEN);
        }
        if (!changed) { // one new board for all that came at once
            changed = true;
            getContext().getSelf().tell(new Changed());
        }
        return next();
    }

    private Behavior<DeskCommand> post() {
        changed = false;
        Today today = tally.today();
        board.post(today);
        alarm.look(today);
        return this;
    }

    /** Starts what is due, unless something is under way. */
    private Behavior<DeskCommand> next() {
        if (leaver != null && unwritten.isEmpty()) {
            return leave();
        } else if (busy) {
            return this;
        } else if (!outage.isOn() && lookDue && leaver == null) {
            look();
        } else if (isTimeToWrite()) {
            write();
        } else if (sweepDue && leaver == null) {
            sweep();
        } else if (!unwritten.isEmpty() && !timers.isTimerActive(WriteDue.class)) {
            timers.startSingleTimer(WriteDue.class, new WriteDue(), WRITE_DELAY);
        }
        return this;
    }

    private boolean isTimeToWrite() {
        boolean many = !outage.isOn() && (unwritten.size() >= MOST_WRITTEN_AT_ONCE || leaver != null);
        return !unwritten.isEmpty() && (writeDue || many);
    }

    private Behavior<DeskCommand> free() {
        busy = false;
        return next();
    }

    private Behavior<DeskCommand> writeDue() {
        writeDue = true;
        return next();
    }

    private void write() {
        busy = true;
        writeDue = false;
        timers.cancel(WriteDue.class);
        List<UsageEntry> batch = unwritten.take(MOST_WRITTEN_AT_ONCE);
        getContext().pipeToSelf(store.add(batch), (done, failure) -> new Written(failure));
    }

    private Behavior<DeskCommand> written(Written result) {
        if (result.failure() == null) {
            unwritten.written();
            outage.end();
        } else {
            unwritten.notWritten();
            timers.startSingleTimer(WriteDue.class, new WriteDue(), outage.failed(result.failure()));
        }
        return free();
    }

    private Behavior<DeskCommand> lookDue() {
        boolean wanted = board.wasRead() || (recorded && budgets);
        if (wanted) {
            lookDue = true;
            return next();
        }
        timers.startSingleTimer(LookDue.class, new LookDue(), settings.refresh());
        return this;
    }

    private void look() {
        busy = true;
        lookDue = false;
        recorded = false;
        Instant now = clock.instant();
        tally.turn(now);
        Today today = Today.at(now);
        getContext()
                .pipeToSelf(
                        store.spent(today.begins()), (spent, failure) -> new Looked(today.day(), now, spent, failure));
    }

    /** A look that takes long is not taken often, and one that failed is taken again. */
    private Behavior<DeskCommand> looked(Looked look) {
        Instant now = clock.instant();
        tally.turn(now);
        if (look.spent() != null) {
            tally.learn(look.day(), look.spent(), unwritten);
            post();
        } else {
            recorded = true;
            getContext().getLog().debug("usage of today: not read, looked for again soon", look.failure());
        }
        timers.startSingleTimer(LookDue.class, new LookDue(), rest(Duration.between(look.began(), now)));
        return free();
    }

    private Duration rest(Duration took) {
        Duration rest = took.multipliedBy(REST_PER_LOOK);
        Duration bounded = rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
        return bounded.compareTo(settings.refresh()) > 0 ? bounded : settings.refresh();
    }

    private Behavior<DeskCommand> sweepDue() {
        sweepDue = true;
        return next();
    }

    private void sweep() {
        busy = true;
        sweepDue = false;
        getContext()
                .pipeToSelf(
                        store.removeBefore(clock.instant().minus(settings.keep())), (removed, failure) -> new Swept());
    }

    private Behavior<DeskCommand> stop(Stop command) {
        leaver = command.replyTo();
        timers.startSingleTimer(FlushPatienceOver.class, new FlushPatienceOver(), FLUSH_PATIENCE);
        writeDue = true;
        return next();
    }

    private Behavior<DeskCommand> leave() {
        outage.left(unwritten.size());
        if (leaver != null) {
            leaver.tell(Done.done());
        }
        return Behaviors.stopped();
    }
}
