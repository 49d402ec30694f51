package io.exai.server.spending;

import com.typesafe.config.ConfigFactory;
import io.exai.persistence.fixture.TestClock;
import io.exai.persistence.usage.UsageEntry;
import io.exai.server.setting.BudgetSettings;
import io.exai.server.setting.Settings;
import io.exai.server.spending.budget.Today;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.CapturedLogEvent;
import org.apache.pekko.actor.testkit.typed.Effect.TimerScheduled;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.slf4j.event.Level;

/** A desk whose store, clock and timers are in the hands of the test. */
final class DeskFixture {
    final ScriptedStore store = new ScriptedStore();
    final TestClock clock = new TestClock(Calls.NOW);
    final Board board = new Board(Today.at(Calls.NOW));
    final BehaviorTestKit<DeskCommand> desk;

    DeskFixture(String budget) {
        BudgetSettings settings = Settings.load(null, ConfigFactory.parseString("exai.budget { " + budget + " }"))
                .budget();
        this.desk = BehaviorTestKit.create(SpendingDesk.create(store, settings, board, clock));
    }

    /** With the first look at the database done. */
    static DeskFixture ready(String budget) {
        DeskFixture fixture = new DeskFixture(budget);
        fixture.answer();
        return fixture;
    }

    void add(UsageEntry entry) {
        run(new DeskCommand.Add(entry));
    }

    void run(DeskCommand command) {
        desk.run(command);
        settle();
    }

    void answer() {
        store.answer();
        settle();
    }

    void fail() {
        store.fail();
        settle();
    }

    /** What that principal has spent today, as any thread sees it; without the mark that somebody asked. */
    long spent(String principal) {
        boolean asked = board.wasRead();
        long spent = board.read(clock.instant()).of(principal).costNanos();
        if (!asked) {
            board.wasRead();
        }
        return spent;
    }

    /** How long the desk waits before it looks at the database again. */
    Duration rest() {
        return desk.getAllEffects().stream()
                .filter(TimerScheduled.class::isInstance)
                .map(effect -> (TimerScheduled<?>) effect)
                .filter(timer -> timer.msg() instanceof DeskCommand.LookDue)
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .duration();
    }

    List<String> warnings() {
        return desk.getAllLogEntries().stream()
                .filter(event -> event.level().equals(Level.WARN))
                .map(CapturedLogEvent::message)
                .toList();
    }

    /** Has the desk hear all that it has told itself. */
    void settle() {
        while (desk.isAlive() && desk.selfInbox().hasMessages()) {
            desk.runOne();
        }
    }
}
