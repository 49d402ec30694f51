package io.exai.provider.quota;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Uses as many permits as the test wants, if it gets them. */
final class Owner extends AbstractBehavior<Owner.Command> {
    sealed interface Command {}

    record Want(int permits) implements Command {}

    record Describe(ActorRef<State> replyTo) implements Command {}

    record Signalled(Share.Signal signal) implements Command {}

    record State(int inUse, int leased) {}

    private final Share share;
    private int demand;

    private Owner(ActorContext<Command> context, Shares shares, String quota, int limit) {
        super(context);
        share = shares.open(quota, limit, context.messageAdapter(Share.Signal.class, Signalled::new));
    }

    static Behavior<Command> create(Shares shares, String quota, int limit) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var owner = new Owner(context, shares, quota, limit);
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
                .onMessage(Describe.class, this::describe)
                .build();
    }

    private Behavior<Command> want(Want want) {
        demand = want.permits();
        return use();
    }

    private Behavior<Command> hear(Signalled signalled) {
        if (share.hear(signalled.signal()) == Share.Verdict.REVOKED) {
            int running = share.inUse();
            for (int i = 0; i < running; i++) {
                share.giveBack();
            }
        }
        return use();
    }

    private Behavior<Command> use() {
        while (share.inUse() > demand) {
            share.giveBack();
        }
        while (share.inUse() < demand && share.isFree()) {
            share.take();
        }
        share.waiting(demand - share.inUse());
        return this;
    }

    private Behavior<Command> describe(Describe describe) {
        describe.replyTo().tell(new State(share.inUse(), share.leased()));
        return this;
    }
}
