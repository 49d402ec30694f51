package io.exai.provider.actor;

import io.exai.provider.chat.Exchange;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Upstream;
import io.exai.provider.setting.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Asks from their arrival to their end; owned by one provider actor and touched by no other thread. */
final class OpenAsks {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ActorContext<Provider.Command> context;
    private final Gate gate;
    private final Upstream upstream;
    private final Room room;
    private final Replies replies;
    private final Askers askers = new Askers();
    private long asked;

    OpenAsks(ActorContext<Provider.Command> context, Gate gate, Upstream upstream, Room room, Replies replies) {
        this.context = context;
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
            run(open);
        } else {
            room.seat(open);
        }
    }

    private void run(OpenAsk open) {
        ActorRef<Provider.Command> self = context.getSelf();
        Exchange exchange =
                upstream.open(open.ask().request(), text -> self.tell(new Provider.PieceArrived(open, text)));
        open.run(exchange, System.nanoTime());
        room.run(open);
        context.pipeToSelf(
                exchange.outcome(),
                (outcome, broken) -> new Provider.ExchangeEnded(
                        open,
                        broken == null
                                ? outcome
                                : replies.failure(open, Kind.INTERNAL, "failed: " + broken, RETRY_AFTER)));
    }

    void pass(Provider.PieceArrived piece) {
        if (askers.contains(piece.ask())) {
            String callKey = piece.ask().callKey();
            piece.ask().asker().tell(new Provider.Delta(callKey, piece.text()));
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
        forget(askers.all().stream()
                .filter(open -> open.callKey().equals(callKey))
                .toList());
    }

    void stopped(ActorRef<Provider.Reply> asker) {
        forget(askers.of(asker));
    }

    private void forget(List<OpenAsk> asks) {
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
                .filter(OpenAsk::running)
                .forEach(open -> abort(open, Kind.REVOKED, "lost its permits: this node is cut off"));
    }

    void abortAll(String why) {
        askers.all().forEach(open -> abort(open, Kind.INTERNAL, why));
    }

    /** Runs as many of those that wait as there are permits. */
    void runWaiting() {
        for (Optional<OpenAsk> next = room.next(); next.isPresent(); next = room.next()) {
            next.ifPresent(this::run);
        }
    }

    private void abort(OpenAsk open, Kind kind, String why) {
        drop(open);
        replies.fail(open, kind, why, RETRY_AFTER);
    }

    private void refuse(OpenAsk open, String why) {
        replies.fail(open, Kind.OVER_CAPACITY, why, room.retryAfter(open));
    }

    private void drop(OpenAsk open) {
        close(open);
        open.cancel();
    }

    /** Gives back whatever the ask holds. */
    private void close(OpenAsk open) {
        room.leave(open);
        if (askers.remove(open)) {
            context.unwatch(open.asker());
        }
    }

    private static String text(Duration time) {
        return time.toMillis() + " ms";
    }
}
