package io.exai.server.session;

import io.exai.persistence.payload.PayloadStore;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Touches every stored session and conversation from time to time: those whose time is over end, those that a crash
 * interrupted take up their work though nobody asks. Runs once in a cluster. Also removes payloads that nothing refers to
 * any more.
 */
public final class SessionSweeper extends AbstractBehavior<SessionSweeper.Command> {
    /** What the sweeper hears. */
    public sealed interface Command {}

    /** Sweeps no more; the daemon is going. */
    public record Stop() implements Command {}

    private record Due() implements Command {}

    private record NodeGone(ClusterEvent.MemberRemoved event) implements Command {}

    private record Swept(long sessions, String failure) implements Command {}

    /**
     * What to sweep and how.
     *
     * @param stored all persistence ids there are
     * @param touch told the kind and the id of each entity
     * @param payloadRetention age at which a payload is removed
     */
    public record Parts(
            Source<String, NotUsed> stored,
            BiConsumer<String, String> touch,
            PayloadStore payloads,
            Duration payloadRetention,
            Duration interval,
            Clock clock) {}

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final int SESSIONS_PER_SECOND = 200;
    private static final char SEPARATOR = '|';

    private final TimerScheduler<Command> timers;
    private final Parts parts;

    private SessionSweeper(ActorContext<Command> context, TimerScheduler<Command> timers, Parts parts) {
        super(context);
        this.timers = timers;
        this.parts = parts;
    }

    public static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startSingleTimer(new Due(), FIRST);
            timers.startTimerWithFixedDelay("interval", new Due(), parts.interval());
            Cluster.get(context.getSystem())
                    .subscriptions()
                    .tell(Subscribe.create(
                            context.messageAdapter(ClusterEvent.MemberRemoved.class, NodeGone::new),
                            ClusterEvent.MemberRemoved.class));
            return new SessionSweeper(context, timers, parts);
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Due.class, due -> sweep())
                .onMessage(NodeGone.class, gone -> sweepSoon())
                .onMessage(Swept.class, this::swept)
                .onMessage(Stop.class, stop -> Behaviors.stopped())
                .build();
    }

    /** What ran on a node that is gone is taken up elsewhere, also when no client waits for it. */
    private Behavior<Command> sweepSoon() {
        timers.startSingleTimer("soon", new Due(), FIRST);
        return this;
    }

    private Behavior<Command> sweep() {
        getContext()
                .pipeToSelf(
                        parts.stored()
                                .filter(id -> id.indexOf(SEPARATOR) > 0)
                                .throttle(SESSIONS_PER_SECOND, Duration.ofSeconds(1))
                                .map(id -> {
                                    int end = id.indexOf(SEPARATOR);
                                    parts.touch().accept(id.substring(0, end), id.substring(end + 1));
                                    return 1L;
                                })
                                .runWith(Sink.fold(0L, Long::sum), getContext().getSystem()),
                        (count, failure) ->
                                new Swept(count == null ? 0 : count, failure == null ? "" : failure.toString()));
        getContext()
                .pipeToSelf(
                        parts.payloads().removeUnused(parts.clock().instant().minus(parts.payloadRetention())),
                        (count, failure) -> new Swept(0, failure == null ? "" : failure.toString()));
        return this;
    }

    private Behavior<Command> swept(Swept swept) {
        if (!swept.failure().isEmpty()) {
            getContext().getLog().warn("sweep failed, the next one tries again: {}", swept.failure());
        }
        return this;
    }
}
