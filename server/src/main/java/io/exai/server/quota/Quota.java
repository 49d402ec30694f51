package io.exai.server.quota;

import io.exai.cluster.ClusterMessage;
import io.exai.provider.actor.FairQueue;
import io.exai.server.setting.QuotaSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Permits to run a call on this node. A permit belongs to the actor that asked for it and comes back when that actor
 * stops, however it stops. Waiting is bounded and fair between sessions.
 */
public final class Quota extends AbstractBehavior<Quota.Command> {
    /** What the quota can be told. */
    public sealed interface Command extends ClusterMessage {}

    /** Asks for one permit, for as long as {@code holder} lives; answered by exactly one grant. */
    public record Acquire(String session, ActorRef<Void> holder, ActorRef<Grant> replyTo) implements Command {}

    /** Asks for the figures of the moment. */
    public record Describe(ActorRef<Description> replyTo) implements Command {}

    record HolderStopped(ActorRef<Void> holder) implements Command {}

    record WaitedTooLong(ActorRef<Void> holder) implements Command {}

    /** Yes or no. */
    public sealed interface Grant extends ClusterMessage {}

    /** The holder may go on. */
    public record Granted() implements Grant {}

    /** Too many are running and waiting. */
    public record Refused(long retryAfterMillis) implements Grant {}

    /** How full the quota is. */
    public record Description(int held, int waiting, int limit) implements ClusterMessage {}

    private static final long RETRY_AFTER_MILLIS = 1_000;

    private final QuotaSettings settings;
    private final TimerScheduler<Command> timers;
    private final FairQueue<Acquire> waiting = new FairQueue<>();
    private final Map<ActorRef<Void>, Acquire> waiters = new HashMap<>();
    private final Map<ActorRef<Void>, Acquire> held = new HashMap<>();

    private Quota(ActorContext<Command> context, TimerScheduler<Command> timers, QuotaSettings settings) {
        super(context);
        this.timers = timers;
        this.settings = settings;
    }

    public static Behavior<Command> create(QuotaSettings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Quota(context, timers, settings)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Acquire.class, this::acquire)
                .onMessage(HolderStopped.class, this::holderStopped)
                .onMessage(WaitedTooLong.class, this::waitedTooLong)
                .onMessage(Describe.class, this::describe)
                .build();
    }

    private Behavior<Command> acquire(Acquire asked) {
        if (held.size() < settings.maxInFlight()) {
            getContext().watchWith(asked.holder(), new HolderStopped(asked.holder()));
            grant(asked);
        } else if (waiters.size() < settings.maxWaiting() && settings.maxWait().toMillis() > 0) {
            getContext().watchWith(asked.holder(), new HolderStopped(asked.holder()));
            waiting.add(asked.session(), asked);
            waiters.put(asked.holder(), asked);
            timers.startSingleTimer(asked.holder(), new WaitedTooLong(asked.holder()), settings.maxWait());
        } else {
            asked.replyTo().tell(new Refused(RETRY_AFTER_MILLIS));
        }
        return this;
    }

    private Behavior<Command> holderStopped(HolderStopped stopped) {
        leave(stopped.holder());
        if (held.remove(stopped.holder()) != null) {
            waiting.poll().ifPresent(next -> {
                waiters.remove(next.holder());
                timers.cancel(next.holder());
                grant(next);
            });
        }
        return this;
    }

    private Behavior<Command> waitedTooLong(WaitedTooLong late) {
        Acquire asked = leave(late.holder());
        if (asked != null) {
            getContext().unwatch(late.holder());
            asked.replyTo().tell(new Refused(RETRY_AFTER_MILLIS));
        }
        return this;
    }

    private Behavior<Command> describe(Describe asked) {
        asked.replyTo().tell(new Description(held.size(), waiters.size(), settings.maxInFlight()));
        return this;
    }

    private @org.jspecify.annotations.Nullable Acquire leave(ActorRef<Void> holder) {
        Acquire asked = waiters.remove(holder);
        if (asked != null) {
            waiting.remove(asked.session(), asked);
            timers.cancel(holder);
        }
        return asked;
    }

    private void grant(Acquire asked) {
        held.put(asked.holder(), asked);
        asked.replyTo().tell(new Granted());
    }
}
