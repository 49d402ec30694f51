package io.exai.provider.actor;

import io.exai.provider.breaker.Breaker;
import io.exai.provider.breaker.Breakers;
import io.exai.provider.breaker.Health;
import io.exai.provider.breaker.Phase;
import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Piece;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Upstream;
import io.exai.provider.quota.Share;
import io.exai.provider.quota.Shares;
import io.exai.provider.setting.Gate;
import io.exai.provider.setting.RetrySettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** One vendor on this node. Each Ask gets exactly one Answered or Failed; none after Cancel or when its asker died. */
public final class Provider extends AbstractBehavior<Provider.Command> {
    /** What a provider is told. */
    public sealed interface Command {}

    /**
     * Calls the vendor, now or when a permit is free; sessions of one priority take turns.
     *
     * @param stepwise whether the asker, when it is its turn, hears Ready and the vendor is called when it says Proceed
     * @param silence how long the vendor may be silent, before its answer and within it; zero for as long as there is time
     */
    public record Ask(
            ChatRequest request,
            String session,
            Priority priority,
            boolean stepwise,
            Duration silence,
            ActorRef<Reply> replyTo)
            implements Command {
        public Ask(ChatRequest request, String session, ActorRef<Reply> replyTo) {
            this(request, session, Priority.NORMAL, false, Duration.ZERO, replyTo);
        }
    }

    /** Calls the vendor for an asker that is ready; {@code asker} is where its replies go. */
    public record Proceed(ActorRef<Reply> asker) implements Command {}

    /** Gives up every ask with this key, without a reply. */
    public record Cancel(String callKey) implements Command {}

    /** Asks how the provider is doing. */
    public record Describe(ActorRef<Description> replyTo) implements Command {}

    record PieceArrived(OpenAsk ask, int attempt, Piece piece) implements Command {}

    record CaughtUp(CompletableFuture<Done> taken) implements Command {}

    record ConnectionClosed(OpenAsk ask) implements Command {}

    record ExchangeEnded(OpenAsk ask, int attempt, ChatOutcome outcome) implements Command {}

    record RestOver(OpenAsk ask) implements Command {}

    record Throttled() implements Command {}

    record BreakerSignalled(Breaker.Signal signal) implements Command {}

    record AskerStopped(ActorRef<Reply> asker) implements Command {}

    record DeadlinePassed() implements Command {}

    record ShareSignalled(Share.Signal signal) implements Command {}

    /** What an asker hears. */
    public sealed interface Reply {
        String callKey();
    }

    /** It is the turn of a stepwise ask: it has a permit until its end. */
    public record Ready(String callKey) implements Reply {}

    /** The next piece of a streamed answer. */
    public record Delta(String callKey, Piece piece) implements Reply {}

    /** The whole answer. */
    public record Answered(String callKey, ChatAnswer answer, Effort effort) implements Reply {
        public Answered(String callKey, ChatAnswer answer) {
            this(callKey, answer, Effort.NONE);
        }
    }

    /**
     * There is no answer, and why.
     *
     * @param attempts 0 when the vendor was not asked at all
     */
    public record Failed(String callKey, ProviderFailure failure, int attempts) implements Reply {
        public Failed(String callKey, ProviderFailure failure) {
            this(callKey, failure, 1);
        }
    }

    /**
     * A provider's state on this node at one moment; answered and failed count since its last (re)start.
     *
     * @param leased permits this node has at present
     * @param limit permits all nodes have together
     */
    public record Description(
            String provider,
            String baseUrl,
            boolean sandbox,
            int inFlight,
            int waiting,
            int leased,
            int limit,
            long answered,
            long failed,
            Phase breaker) {}

    /**
     * Who is called and how often.
     *
     * @param upstream made anew after a restart
     */
    record Vendor(
            String name,
            boolean sandbox,
            Gate gate,
            Shares shares,
            Breakers breakers,
            RetrySettings retry,
            Health health,
            Supplier<Upstream> upstream) {}

    private final Vendor vendor;
    private final Upstream upstream;
    private final TimerScheduler<Command> timers;
    private final Replies replies;
    private final Room room;
    private final Guard guard;
    private final OpenAsks asks;
    private long armedFor;

    private Provider(Vendor vendor, ActorContext<Command> context, TimerScheduler<Command> timers) {
        super(context);
        this.vendor = vendor;
        this.upstream = vendor.upstream().get();
        this.timers = timers;
        this.replies = new Replies(vendor.name());
        this.room = new Room(vendor.gate(), share());
        this.guard = guard();
        this.asks = new OpenAsks(context, timers, vendor.gate(), upstream, room, guard, replies);
    }

    /** Restarts on any failure; whoever waits then hears {@link Kind#INTERNAL}. */
    static Behavior<Command> create(Vendor vendor) {
        Behavior<Command> provider =
                Behaviors.setup(context -> Behaviors.withTimers(timers -> new Provider(vendor, context, timers)));
        return Behaviors.supervise(provider).onFailure(SupervisorStrategy.restart());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Ask.class, ask -> rearmed(() -> asks.add(ask)))
                .onMessage(Proceed.class, proceed -> rearmed(() -> asks.proceed(proceed.asker())))
                .onMessage(ConnectionClosed.class, closed -> same(() -> asks.closed(closed.ask())))
                .onMessage(ExchangeEnded.class, this::end)
                .onMessage(RestOver.class, over -> rearmed(() -> asks.again(over.ask())))
                .onMessage(Throttled.class, open -> rearmed(asks::runWaiting))
                .onMessage(BreakerSignalled.class, this::hear)
                .onMessage(PieceArrived.class, piece -> same(() -> asks.pass(piece)))
                .onMessage(CaughtUp.class, caught -> same(() -> caught.taken().complete(Done.done())))
                .onMessage(Cancel.class, cancel -> same(() -> asks.cancel(cancel.callKey())))
                .onMessage(AskerStopped.class, stopped -> same(() -> asks.stopped(stopped.asker())))
                .onMessage(DeadlinePassed.class, passed -> rearmed(asks::expire))
                .onMessage(ShareSignalled.class, this::hear)
                .onMessage(Describe.class, this::describe)
                .onSignal(PreRestart.class, signal -> close("is being restarted"))
                .onSignal(PostStop.class, signal -> close("is stopping"))
                .build();
    }

    private Behavior<Command> end(ExchangeEnded ended) {
        return rearmed(() -> asks.end(ended));
    }

    private Behavior<Command> hear(BreakerSignalled signalled) {
        guard.hear(signalled.signal());
        return rearmed(asks::settle);
    }

    private Behavior<Command> hear(ShareSignalled signalled) {
        if (room.share().hear(signalled.signal()) == Share.Verdict.REVOKED) {
            asks.revoke();
        }
        asks.runWaiting();
        return this;
    }

    private Behavior<Command> describe(Describe describe) {
        describe.replyTo()
                .tell(new Description(
                        vendor.name(),
                        upstream.address(),
                        vendor.sandbox(),
                        room.share().inUse(),
                        room.waiting(),
                        room.share().leased(),
                        room.share().limit(),
                        replies.answered(),
                        replies.failed(),
                        guard.phase()));
        return this;
    }

    private Behavior<Command> close(String why) {
        asks.abortAll(why);
        upstream.close();
        return this;
    }

    /** For work after which something may be due earlier than before. */
    private Behavior<Command> rearmed(Runnable work) {
        work.run();
        arm();
        return this;
    }

    private Behavior<Command> same(Runnable work) {
        work.run();
        return this;
    }

    private Share share() {
        Share share = vendor.shares()
                .open(
                        "provider." + vendor.name(),
                        vendor.gate().maxInFlight(),
                        getContext().messageAdapter(Share.Signal.class, ShareSignalled::new));
        share.beat().ifPresent(beat -> timers.startTimerWithFixedDelay(new ShareSignalled(new Share.Tick()), beat));
        return share;
    }

    private Guard guard() {
        Breaker breaker = vendor.breakers()
                .open(vendor.name(), getContext().messageAdapter(Breaker.Signal.class, BreakerSignalled::new));
        breaker.beat()
                .ifPresent(beat -> timers.startTimerWithFixedDelay(new BreakerSignalled(new Breaker.Beat()), beat));
        var backoff =
                new Backoff(vendor.retry(), () -> ThreadLocalRandom.current().nextDouble());
        return new Guard(
                vendor.name(), breaker, new Throttle(vendor.gate(), System.nanoTime()), backoff, vendor.health());
    }

    /** One timer serves all: it is set for the earliest deadline and, when that has gone, for the next. */
    private void arm() {
        room.nextDue().ifPresent(due -> {
            if (!timers.isTimerActive(DeadlinePassed.class) || due - armedFor < 0) {
                armedFor = due;
                Duration delay = Duration.ofNanos(Math.max(0, due - System.nanoTime()));
                timers.startSingleTimer(DeadlinePassed.class, new DeadlinePassed(), delay);
            }
        });
    }
}
