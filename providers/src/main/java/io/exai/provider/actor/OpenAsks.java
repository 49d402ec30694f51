package io.exai.provider.actor;

import io.exai.provider.chat.Exchange;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Upstream;
import io.exai.provider.setting.Gate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Asks from their arrival to their end; owned by one provider actor and touched by no other thread. */
final class OpenAsks {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** What a vendor may need to notice that a connection was closed: so long it counts the request as one of ours. */
    private static final Duration NOTICE = Duration.ofMillis(100);

    private final ActorContext<Provider.Command> context;
    private final TimerScheduler<Provider.Command> timers;
    private final Gate gate;
    private final Upstream upstream;
    private final Room room;
    private final Replies replies;
    private final Askers askers = new Askers();
    private final Set<OpenAsk> closing = new HashSet<>();
    private long asked;

    OpenAsks(
            ActorContext<Provider.Command> context,
            TimerScheduler<Provider.Command> timers,
            Gate gate,
            Upstream upstream,
            Room room,
            Replies replies) {
        this.context = context;
        this.timers = timers;
        this.gate = gate;
        this.upstream = upstream;
        this.room = room;
        this.replies = replies;
    }

    /** Runs it, has it wait, or refuses it. */
    void add(Provider.Ask ask) {
        var open = new OpenAsk(asked++, ask, System.nanoTime(), gate.maxWait());
        boolean free = room.isFree();
        if (!free && room.isFull(open)) {
            refuse(open, "is busy: " + room.waiting() + " calls are waiting already");
            return;
        }
        if (askers.add(open)) {
            context.watchWith(open.asker(), new Provider.AskerStopped(open.asker()));
        }
        if (free) {
            admit(open);
        } else {
            room.seat(open);
        }
    }

    private void admit(OpenAsk open) {
        room.admit(open);
        if (open.stepwise()) {
            open.asker().tell(new Provider.Ready(open.callKey()));
        } else {
            run(open);
        }
    }

    /** The asker is ready, too. */
    void proceed(ActorRef<Provider.Reply> asker) {
        askers.of(asker).stream()
                .filter(open -> open.stepwise() && open.hasPermit() && !open.running())
                .forEach(this::run);
    }

    private void run(OpenAsk open) {
        ActorRef<Provider.Command> self = context.getSelf();
        Exchange exchange =
                upstream.open(open.ask().request(), piece -> self.tell(new Provider.PieceArrived(open, piece)));
        open.run(exchange, System.nanoTime());
        context.pipeToSelf(
                exchange.outcome(),
                (outcome, broken) -> new Provider.ExchangeEnded(
                        open,
                        broken == null
                                ? outcome
                                : replies.failure(open, Kind.INTERNAL, "failed: " + broken, RETRY_AFTER)));
    }

    void pass(Provider.PieceArrived arrived) {
        if (askers.contains(arrived.ask())) {
            String callKey = arrived.ask().callKey();
            arrived.ask().asker().tell(new Provider.Delta(callKey, arrived.piece()));
        }
    }

    void end(Provider.ExchangeEnded ended) {
        if (askers.contains(ended.ask())) {
            close(ended.ask());
            replies.outcome(ended.ask(), ended.outcome());
            runWaiting();
        }
    }

    void cancel(String callKey) {
        giveUp(askers.all().stream()
                .filter(open -> open.callKey().equals(callKey))
                .toList());
    }

    void stopped(ActorRef<Provider.Reply> asker) {
        giveUp(askers.of(asker));
    }

    private void giveUp(List<OpenAsk> asks) {
        asks.forEach(this::drop);
        runWaiting();
    }

    /** Ends those whose time is over. */
    void expire() {
        long now = System.nanoTime();
        for (OpenAsk open : room.due(now)) {
            drop(open);
            if (open.timedOut(now)) {
                Duration timeout = open.ask().request().timeout();
                replies.fail(open, Kind.TIMEOUT, "gave no answer within " + text(timeout), null);
            } else {
                refuse(open, "is busy: no permit within " + text(gate.maxWait()));
            }
        }
        runWaiting();
    }

    /** Those that run do so no more. */
    void revoke() {
        askers.all().stream()
                .filter(OpenAsk::hasPermit)
                .forEach(open -> abort(open, Kind.REVOKED, "lost its permits: this node is cut off"));
    }

    void abortAll(String why) {
        askers.all().forEach(open -> abort(open, Kind.INTERNAL, why));
    }

    /** The vendor has noticed that an ask was given up. */
    void closed(OpenAsk open) {
        if (closing.remove(open)) {
            room.giveBack(open);
            runWaiting();
        }
    }

    /** Admits as many of those that wait as there are permits. */
    void runWaiting() {
        for (Optional<OpenAsk> next = room.next(); next.isPresent(); next = room.next()) {
            next.ifPresent(this::admit);
        }
    }

    private void abort(OpenAsk open, Kind kind, String why) {
        drop(open);
        replies.fail(open, kind, why, RETRY_AFTER);
    }

    private void refuse(OpenAsk open, String why) {
        replies.fail(open, Kind.OVER_CAPACITY, why, room.retryAfter(open));
    }

    /** Gives up an ask; if it ran, its permit comes back when the vendor has noticed. */
    private void drop(OpenAsk open) {
        if (open.running()) {
            room.leaveLate(open);
            open.cancel();
            closing.add(open);
            timers.startSingleTimer(open, new Provider.ConnectionClosed(open), NOTICE);
        } else {
            room.leave(open);
        }
        forget(open);
    }

    /** Gives back whatever the ask holds. */
    private void close(OpenAsk open) {
        room.leave(open);
        forget(open);
    }

    private void forget(OpenAsk open) {
        if (askers.remove(open)) {
            context.unwatch(open.asker());
        }
    }

    private static String text(Duration time) {
        return time.toMillis() + " ms";
    }
}
