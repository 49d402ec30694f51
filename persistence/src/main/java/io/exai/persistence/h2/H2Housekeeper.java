package io.exai.persistence.h2;

import io.exai.persistence.H2Settings;
import io.exai.persistence.database.Database;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Lets later commits reuse the space of earlier ones, so that the H2 file stays in proportion to what lives in it: with
 * {@code WRITE_DELAY=0} H2 has no thread that does. Blocks, so it belongs on the blocking dispatcher.
 */
public final class H2Housekeeper extends AbstractBehavior<H2Housekeeper.Command> {
    /** What happens to a housekeeper; it sends all of it to itself. */
    public sealed interface Command {}

    record FileOpened(RunningFile file) implements Command {}

    record FileNotOpened(Throwable failure) implements Command {}

    record Look() implements Command {}

    /** At this percentage of living content the file is left alone, however much is dead. */
    private static final int FILL_RATE = 50;

    private final TimerScheduler<Command> timers;
    private final H2Settings settings;
    private CompactionPace pace;
    private @Nullable RunningFile file;

    private H2Housekeeper(ActorContext<Command> context, TimerScheduler<Command> timers, H2Settings settings) {
        super(context);
        this.timers = timers;
        this.settings = settings;
        this.pace = CompactionPace.of(settings.compactStep());
    }

    /** Starts as soon as {@code database} gives a connection to an H2 file; lives until the system ends. */
    public static Behavior<Command> create(Database database, H2Settings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.pipeToSelf(
                    database.run(RunningFile::of),
                    (file, failure) -> failure == null ? new FileOpened(file) : new FileNotOpened(failure));
            return new H2Housekeeper(context, timers, settings);
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(FileOpened.class, this::fileOpened)
                .onMessage(FileNotOpened.class, this::fileNotOpened)
                .onMessage(Look.class, look -> look())
                .build();
    }

    private Behavior<Command> fileOpened(FileOpened opened) {
        file = opened.file();
        return lookAfter(settings.compactInterval());
    }

    private Behavior<Command> fileNotOpened(FileNotOpened notOpened) {
        getContext().getLog().error("H2 file: not opened, so it will grow until a clean stop", notOpened.failure());
        return Behaviors.stopped();
    }

    private Behavior<Command> look() {
        var running = file;
        if (running == null || running.isClosed()) {
            return Behaviors.stopped();
        }
        try {
            return lookAfter(step(running));
        } catch (MVStoreException e) {
            getContext().getLog().warn("H2 file: not compacted ({})", e.getMessage());
            return lookAfter(settings.compactInterval());
        }
    }

    /** Tells how long to wait: at least as long as the step took, so commits have half of the time. */
    private Duration step(RunningFile running) {
        if (running.dead() < settings.compactAboveSize() * 1024L * 1024L) {
            return settings.compactInterval();
        }
        var since = System.nanoTime();
        var copied = running.compact(FILL_RATE, pace.bytes());
        var took = Duration.ofNanos(System.nanoTime() - since);
        pace = pace.after(took);
        return copied ? took.plusMillis(1) : settings.compactInterval();
    }

    private Behavior<Command> lookAfter(Duration delay) {
        timers.startSingleTimer(new Look(), delay);
        return this;
    }
}
