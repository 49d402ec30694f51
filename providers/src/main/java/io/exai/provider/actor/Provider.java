package io.exai.provider.actor;

import io.exai.provider.chat.ChatAnswer;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.ChatRequest;
import io.exai.provider.chat.Exchange;
import io.exai.provider.chat.ProviderFailure;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Upstream;
import io.exai.provider.quota.Share;
import io.exai.provider.quota.Shares;
import io.exai.provider.setting.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
import org.jspecify.annotations.Nullable;

/** One vendor on this node. Each Ask gets exactly one Answered or Failed; none after Cancel or when its asker died. */
public final class Provider extends AbstractBehavior<Provider.Command> {
    /** What a provider is told. */
    public sealed interface Command {}

    /** Calls the vendor, now or when a permit is free; sessions of one priority take turns. */
    public record Ask(ChatRequest request, String session, Priority priority, ActorRef<Reply> replyTo)
            implements Command {
        public Ask(ChatRequest request, String session, ActorRef<Reply> replyTo) {
            this(request, session, Priority.NORMAL, replyTo);
        }
    }

    /** Gives up every ask with this key, without a reply. */
    public record Cancel(String callKey) implements Command {}

    /** Asks how the provider is doing. */
    public record Describe(ActorRef<Description> replyTo) implements Command {}

    record PieceArrived(OpenAsk ask, String text) implements Command {}

    record ExchangeEnded(OpenAsk ask, ChatOutcome outcome) implements Command {}

    record AskerStopped(ActorRef<Reply> asker) implements Command {}

    record DeadlinePassed() implements Command {}

    record ShareSignalled(Share.Signal signal) implements Command {}

    /** What an asker hears. */
    public sealed interface Reply {
        String callKey();
    }

    /** The next piece of a streamed answer. */
    public record Delta(String callKey, String text) implements Reply {}

    /** The whole answer. */
    public record Answered(String callKey, ChatAnswer answer) implements Reply {}

    /** There is no answer, and why. */
    public record Failed(String callKey, ProviderFailure failure) implements Reply {}

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
            long failed) {}

    /**
     * Who is called and how often.
     *
     * @param upstream made anew after a restart
     */
    record Vendor(String name, boolean sandbox, Gate gate, Shares shares, Supplier<Upstream> upstream) {}

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Vendor vendor;
    private final Gate gate;
    private final Upstream upstream;
    private final TimerScheduler<Command> timers;
    private final Askers askers = new Askers();
    private final Room room;
    private long armedFor;
    private long asked;
    private long answered;
    private long failed;

    private Provider(Vendor vendor, ActorContext<Command> context, TimerScheduler<Command> timers) {
        super(context);
        this.vendor = vendor;
        this.gate = vendor.gate();
        this.upstream = vendor.upstream().get();
        this.timers = timers;
        Share share = vendor.shares()
                .open(
                        "provider." + vendor.name(),
                        gate.maxInFlight(),
                        context.messageAdapter(Share.Signal.class, ShareSignalled::new));
        share.beat().ifPresent(beat -> timers.startTimerWithFixedDelay(new ShareSignalled(new Share.Tick()), beat));
        this.room = new Room(gate, share);
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
                .onMessage(Ask.class, this::ask)
                .onMessage(ExchangeEnded.class, this::end)
                .onMessage(PieceArrived.class, this::pass)
                .onMessage(Cancel.class, this::cancel)
                .onMessage(AskerStopped.class, stopped -> forget(askers.of(stopped.asker())))
                .onMessage(DeadlinePassed.class, passed -> expire())
                .onMessage(ShareSignalled.class, this::hear)
                .onMessage(Describe.class, this::describe)
                .onSignal(PreRestart.class, signal -> close("is being restarted"))
                .onSignal(PostStop.class, signal -> close("is stopping"))
                .build();
    }

    private Behavior<Command> ask(Ask ask) {
        var open = new OpenAsk(asked++, ask, System.nanoTime(), gate.maxWait());
        boolean free = room.isFree();
        if (!free && room.isFull(open)) {
            fail(
                    open,
                    Kind.OVER_CAPACITY,
                    "is busy: " + room.waiting() + " calls are waiting already",
                    room.retryAfter(open));
            return this;
        }
        if (askers.add(open)) {
            getContext().watchWith(open.asker(), new AskerStopped(open.asker()));
        }
        if (free) {
            start(open);
        } else {
            room.seat(open);
        }
        arm();
        return this;
    }

    private void start(OpenAsk open) {
        ActorRef<Command> self = getContext().getSelf();
        Exchange exchange = upstream.open(open.ask().request(), text -> self.tell(new PieceArrived(open, text)));
        open.run(exchange, System.nanoTime());
        room.run(open);
        getContext()
                .pipeToSelf(
                        exchange.outcome(),
                        (outcome, broken) -> new ExchangeEnded(
                                open,
                                broken == null
                                        ? outcome
                                        : failure(open, Kind.INTERNAL, "failed: " + broken, RETRY_AFTER)));
    }

    private Behavior<Command> pass(PieceArrived piece) {
        if (askers.contains(piece.ask())) {
            piece.ask().asker().tell(new Delta(piece.ask().callKey(), piece.text()));
        }
        return this;
    }

    private Behavior<Command> end(ExchangeEnded ended) {
        OpenAsk open = ended.ask();
        if (!askers.contains(open)) {
            return this;
        }
        close(open);
        if (ended.outcome() instanceof ChatAnswer answer) {
            answered++;
            open.asker().tell(new Answered(open.callKey(), answer));
        } else if (ended.outcome() instanceof ProviderFailure failure) {
            failed++;
            open.asker().tell(new Failed(open.callKey(), failure));
        }
        startWaiting();
        return this;
    }

    private Behavior<Command> cancel(Cancel cancel) {
        return forget(askers.all().stream()
                .filter(open -> open.callKey().equals(cancel.callKey()))
                .toList());
    }

    private Behavior<Command> forget(List<OpenAsk> asks) {
        asks.forEach(open -> {
            close(open);
            open.cancel();
        });
        startWaiting();
        return this;
    }

    private Behavior<Command> expire() {
        long now = System.nanoTime();
        for (OpenAsk open : room.due(now)) {
            close(open);
            open.cancel();
            if (open.timedOut(now)) {
                fail(
                        open,
                        Kind.TIMEOUT,
                        "gave no answer within " + text(open.ask().request().timeout()),
                        null);
            } else {
                fail(
                        open,
                        Kind.OVER_CAPACITY,
                        "is busy: no permit within " + text(gate.maxWait()),
                        room.retryAfter(open));
            }
        }
        startWaiting();
        arm();
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
                        answered,
                        failed));
        return this;
    }

    private Behavior<Command> close(String why) {
        askers.all().forEach(open -> end(open, Kind.INTERNAL, why));
        upstream.close();
        return this;
    }

    private Behavior<Command> hear(ShareSignalled signalled) {
        if (room.share().hear(signalled.signal()) == Share.Verdict.REVOKED) {
            askers.all().stream()
                    .filter(OpenAsk::running)
                    .forEach(open -> end(open, Kind.REVOKED, "lost its permits: this node is cut off"));
        }
        startWaiting();
        return this;
    }

    private void end(OpenAsk open, Kind kind, String why) {
        close(open);
        open.cancel();
        fail(open, kind, why, RETRY_AFTER);
    }

    /** Gives back whatever the ask holds. */
    private void close(OpenAsk open) {
        room.leave(open);
        if (askers.remove(open)) {
            getContext().unwatch(open.asker());
        }
    }

    private void startWaiting() {
        for (Optional<OpenAsk> next = room.next(); next.isPresent(); next = room.next()) {
            next.ifPresent(this::start);
        }
    }

    private void fail(OpenAsk open, Kind kind, String what, @Nullable Duration retryAfter) {
        failed++;
        open.asker().tell(new Failed(open.callKey(), failure(open, kind, what, retryAfter)));
    }

    private ProviderFailure failure(OpenAsk open, Kind kind, String what, @Nullable Duration retryAfter) {
        String model = open.ask().request().model();
        return new ProviderFailure(kind, vendor.name() + ' ' + what, retryAfter, vendor.name(), model);
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

    private static String text(Duration time) {
        return time.toMillis() + " ms";
    }
}
