package io.exai.server.spending;

import io.exai.persistence.usage.UsageEntry;
import io.exai.persistence.usage.UsageStore;
import io.exai.server.setting.BudgetSettings;
import io.exai.server.spending.budget.Budgets;
import io.exai.server.spending.budget.Today;
import io.exai.server.spending.budget.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The spending of one node, through its desk. */
public final class NodeSpending implements Spending {
    /** Longer than the desk allows itself. */
    private static final Duration STOP_PATIENCE = SpendingDesk.FLUSH_PATIENCE.plusSeconds(1);

    private final ActorSystem<?> system;
    private final ActorRef<DeskCommand> desk;
    private final Board board;
    private final Budgets budgets;
    private final Clock clock;

    private NodeSpending(ActorSystem<?> system, ActorRef<DeskCommand> desk, Board board, Budgets budgets, Clock clock) {
        this.system = system;
        this.desk = desk;
        this.board = board;
        this.budgets = budgets;
        this.clock = clock;
    }

    public static NodeSpending start(ActorSystem<?> system, UsageStore store, BudgetSettings settings, Clock clock) {
        Board board = new Board(Today.at(clock.instant()));
        var desk = SpendingDesk.create(store, settings, board, clock);
        return new NodeSpending(
                system,
                system.systemActorOf(desk, "spending-desk", Props.empty()),
                board,
                new Budgets(settings),
                clock);
    }

    @Override
    public Verdict verdict(String principal) {
        if (!budgets.concern(principal)) {
            return new Verdict.Fine();
        }
        Instant now = clock.instant();
        return budgets.verdict(principal, board.read(now), now);
    }

    @Override
    public long left(String principal) {
        return budgets.concern(principal) ? budgets.left(principal, board.read(clock.instant())) : 0;
    }

    @Override
    public void record(UsageEntry entry) {
        desk.tell(new DeskCommand.Add(entry));
    }

    @Override
    public Today figures() {
        return board.read(clock.instant());
    }

    /** Completes when everything recorded before is written, or could not be in time; to be called once. */
    public CompletionStage<Done> stop() {
        return AskPattern.ask(desk, DeskCommand.Stop::new, STOP_PATIENCE, system.scheduler());
    }
}
