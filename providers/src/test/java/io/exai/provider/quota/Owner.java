package io.exai.provider.quota;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Uses as many permits as the test wants, if it gets them. */
final class Owner extends AbstractBehavior<Owner.Command> {
    sealed interface Command {}

    record Want(int permits) implements Command {}

    record Signalled(Share.Signal signal) implements Command {}

    record State(int inUse, int leased) {}

    /** Where the test looks. */
    record Window(Gauge gauge, AtomicReference<State> state) {
        static Window on(Gauge gauge) {
            return new Window(gauge, new AtomicReference<>(new State(0, 0)));
        }

        State seen() {
            return Objects.requireNonNull(state.get());
        }
    }

    private final Share share;
    private final Window window;
    private int demand;

    private Owner(ActorContext<Command> context, Shares shares, int limit, Window window) {
        super(context);
        this.window = window;
        share = shares.open("provider.kimi", limit, context.messageAdapter(Share.Signal.class, Signalled::new));
    }

    static Behavior<Command> create(Shares shares, int limit, Window window) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var owner = new Owner(context, shares, limit, window);
            owner.share
                    .beat()
                    .ifPresent(beat -> timers.startTimerWithFixedDelay(new Signalled(new Share.Tick()), beat));
            return owner;
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Want.class, this::want)
                .onMessage(Signalled.class, this::hear)
                .onSignal(PostStop.class, stopped -> giveBackAbove(0))
                .build();
    }

    private Behavior<Command> want(Want want) {
        demand = want.permits();
        return use();
    }

    private Behavior<Command> hear(Signalled signalled) {
        if (share.hear(signalled.signal()) == Share.Verdict.REVOKED) {
            giveBackAbove(0);
        }
        return use();
    }

    private Behavior<Command> use() {
        giveBackAbove(demand);
        while (share.inUse() < demand && share.isFree()) {
            share.take();
            window.gauge().taken();
        }
        share.waiting(demand - share.inUse());
        window.state().set(new State(share.inUse(), share.leased()));
        return this;
    }

    private Behavior<Command> giveBackAbove(int kept) {
        while (share.inUse() > kept) {
            window.gauge().givingBack();
            share.giveBack();
        }
        return this;
    }
}
