package io.exai.server.quota;

import io.exai.cluster.ClusterMessage;
import io.exai.provider.actor.Pace;
import io.exai.provider.actor.Priority;
import io.exai.provider.actor.WaitingLine;
import io.exai.provider.quota.Share;
import io.exai.provider.quota.Shares;
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
import org.jspecify.annotations.Nullable;

/**
 * This node's share of the permits to run a call. A permit belongs to the actor that asked for it and comes back when
 * that actor stops, however it stops. Waiting is bounded and fair between sessions of one priority.
 */
public final class Quota extends AbstractBehavior<Quota.Command> {
    /** What the quota can be told. */
    public sealed interface Command extends ClusterMessage {}

    /**
     * Asks for one permit, for as long as {@code holder} lives and does not give it back; answered by one grant or refusal.
     *
     * @param turn the holder's own count, told back to it
     */
    public record Acquire(String session, Priority priority, ActorRef<Void> holder, int turn, ActorRef<Grant> replyTo)
            implements Command {
        public Acquire(String session, ActorRef<Void> holder, ActorRef<Grant> replyTo) {
            this(session, Priority.NORMAL, holder, 0, replyTo);
        }
    }

    /** Gives back the permit, or the place among those that wait, which is then not answered. */
    public record Release(ActorRef<Void> holder) implements Command {}

    /** Asks for the figures of the moment. */
    public record Describe(ActorRef<Description> replyTo) implements Command {}

    record HolderStopped(ActorRef<Void> holder) implements Command {}

    record WaitedTooLong(ActorRef<Void> holder) implements Command {}

    record ShareSignalled(Share.Signal signal) implements Command {}

    /** What who asked hears. */
    public sealed interface Grant extends ClusterMessage {}

    /** The holder may go on. */
    public record Granted(int turn) implements Grant {
        public Granted() {
            this(0);
        }
    }

    /** Too many are running and waiting. */
    public record Refused(int turn, long retryAfterMillis) implements Grant {
        public Refused(long retryAfterMillis) {
            this(0, retryAfterMillis);
        }
    }

    /** A permit that was granted goes to another node: the holder has to stop. */
    public record Revoked() implements Grant {}

    /**
     * How full the quota is.
     *
     * @param held permits in use on this node
     * @param waiting calls that wait on this node
     * @param leased permits this node has at present
     * @param limit permits all nodes have together
     */
    public record Description(int held, int waiting, int leased, int limit) implements ClusterMessage {}

    private static final String NAME = "global";

    private record Held(Acquire asked, long since) {}

    private final QuotaSettings settings;
    private final TimerScheduler<Command> timers;
    private final Share share;
    private final Pace pace = new Pace();
    private final WaitingLine<Acquire> waiting;
    private final Map<ActorRef<Void>, Acquire> waiters = new HashMap<>();
    private final Map<ActorRef<Void>, Held> held = new HashMap<>();

    private Quota(
            ActorContext<Command> context, TimerScheduler<Command> timers, QuotaSettings settings, Shares shares) {
        super(context);
        this.timers = timers;
        this.settings = settings;
        this.waiting = new WaitingLine<>(settings.maxWaiting());
        this.share = shares.open(
                NAME, settings.maxInFlight(), context.messageAdapter(Share.Signal.class, ShareSignalled::new));
        share.beat().ifPresent(beat -> timers.startTimerWithFixedDelay(new ShareSignalled(new Share.Tick()), beat));
    }

    public static Behavior<Command> create(QuotaSettings settings, Shares shares) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Quota(context, timers, settings, shares)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Acquire.class, this::acquire)
                .onMessage(Release.class, this::release)
                .onMessage(HolderStopped.class, stopped -> giveBack(stopped.holder()))
                .onMessage(WaitedTooLong.class, this::waitedTooLong)
                .onMessage(ShareSignalled.class, this::hear)
                .onMessage(Describe.class, this::describe)
                .build();
    }

    private Behavior<Command> acquire(Acquire asked) {
        if (share.isFree() && waiting.isEmpty()) {
            getContext().watchWith(asked.holder(), new HolderStopped(asked.holder()));
            grant(asked);
        } else if (!waiting.isFull(asked.priority()) && settings.maxWait().toMillis() > 0) {
            getContext().watchWith(asked.holder(), new HolderStopped(asked.holder()));
            waiting.add(asked.priority(), asked.session(), asked);
            waiters.put(asked.holder(), asked);
            timers.startSingleTimer(asked.holder(), new WaitedTooLong(asked.holder()), settings.maxWait());
            share.waiting(waiting.size());
        } else {
            refuse(asked);
        }
        return this;
    }

    private Behavior<Command> release(Release release) {
        getContext().unwatch(release.holder());
        return giveBack(release.holder());
    }

    private Behavior<Command> giveBack(ActorRef<Void> holder) {
        leave(holder);
        Held permit = held.remove(holder);
        if (permit != null) {
            share.giveBack();
            pace.held(System.nanoTime() - permit.since());
        }
        return grantWaiting();
    }

    private Behavior<Command> waitedTooLong(WaitedTooLong late) {
        Acquire asked = leave(late.holder());
        if (asked != null) {
            getContext().unwatch(late.holder());
            refuse(asked);
        }
        return grantWaiting();
    }

    private Behavior<Command> hear(ShareSignalled signalled) {
        if (share.hear(signalled.signal()) == Share.Verdict.REVOKED) {
            held.values().forEach(permit -> permit.asked().replyTo().tell(new Revoked()));
        }
        return grantWaiting();
    }

    private Behavior<Command> describe(Describe asked) {
        asked.replyTo().tell(new Description(share.inUse(), waiters.size(), share.leased(), share.limit()));
        return this;
    }

    private @Nullable Acquire leave(ActorRef<Void> holder) {
        Acquire asked = waiters.remove(holder);
        if (asked != null) {
            waiting.remove(asked.priority(), asked.session(), asked);
            timers.cancel(holder);
        }
        return asked;
    }

    private Behavior<Command> grantWaiting() {
        while (share.isFree() && !waiting.isEmpty()) {
            waiting.poll().ifPresent(asked -> {
                waiters.remove(asked.holder());
                timers.cancel(asked.holder());
                grant(asked);
            });
        }
        share.waiting(waiting.size());
        return this;
    }

    private void grant(Acquire asked) {
        share.take();
        held.put(asked.holder(), new Held(asked, System.nanoTime()));
        asked.replyTo().tell(new Granted(asked.turn()));
    }

    private void refuse(Acquire asked) {
        int ahead = waiting.ahead(asked.priority());
        long retryAfter = pace.retryAfter(ahead, share.leased()).toMillis();
        asked.replyTo().tell(new Refused(asked.turn(), retryAfter));
    }
}
