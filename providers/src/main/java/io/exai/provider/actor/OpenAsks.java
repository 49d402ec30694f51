package io.exai.provider.actor;

import io.exai.provider.breaker.Breaker;
import io.exai.provider.chat.ChatOutcome;
import io.exai.provider.chat.Exchange;
import io.exai.provider.chat.ProviderFailure.Kind;
import io.exai.provider.chat.Upstream;
import io.exai.provider.setting.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/** Asks from their arrival to their end; owned by one provider actor and touched by no other thread. */
final class OpenAsks {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** A deadline that is so near has passed for somebody else. */
    private static final Duration NEARLY = Duration.ofMillis(200);

    private final ActorContext<Provider.Command> context;
    private final TimerScheduler<Provider.Command> timers;
    private final Gate gate;
    private final Upstream upstream;
    private final Room room;
    private final Guard guard;
    private final Replies replies;
    private final Askers askers = new Askers();
    private final Departures departures;
    private @Nullable OpenAsk parked;
    private long asked;

    OpenAsks(
            ActorContext<Provider.Command> context,
            TimerScheduler<Provider.Command> timers,
            Gate gate,
            Upstream upstream,
            Room room,
            Guard guard,
            Replies replies) {
        this.context = context;
        this.timers = timers;
        this.gate = gate;
        this.upstream = upstream;
        this.room = room;
        this.guard = guard;
        this.replies = replies;
        this.departures = new Departures(room, timers);
    }

    /** Runs it, has it wait, or refuses it. */
    void add(Provider.Ask ask) {
        long now = System.nanoTime();
        var open = new OpenAsk(asked++, ask, now, gate.maxWait());
        if (guard.refuses(open, now)) {
            guard.refuse(open, replies, now);
            return;
        }
        boolean free = room.isFree() && guard.delay(now).isZero();
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
            runWaiting();
        }
    }

    private void admit(OpenAsk open) {
        room.admit(open);
        if (open.stepwise()) {
            open.asker().tell(new Provider.Ready(open.callKey()));
        } else {
            begin(open);
        }
    }

    /** The asker is ready, too. */
    void proceed(ActorRef<Provider.Reply> asker) {
        askers.of(asker).stream()
                .filter(open -> open.stepwise() && open.hasPermit() && !open.begun())
                .forEach(this::begin);
    }

    private void begin(OpenAsk open) {
        go(open, guard.admit());
    }

    private void go(OpenAsk open, Breaker.Admission admission) {
        switch (admission) {
            case PASS -> run(open, false);
            case PROBE -> run(open, true);
            case WAIT -> parked = open;
            case REFUSE -> turnAway(open);
        }
    }

    /** The breaker has heard something. */
    void settle() {
        OpenAsk waiting = parked;
        if (waiting != null) {
            parked = null;
            go(waiting, guard.settle());
        }
        if (guard.isOpen()) {
            askers.all().stream().filter(open -> !open.hasPermit()).forEach(this::turnAway);
        }
        runWaiting();
    }

    private void turnAway(OpenAsk open) {
        close(open);
        guard.refuse(open, replies, System.nanoTime());
    }

    private void run(OpenAsk open, boolean probe) {
        ActorRef<Provider.Command> self = context.getSelf();
        int attempt = open.attempts() + 1;
        open.becomeProbe(probe);
        guard.sent(open.ask().request());
        Exchange exchange = upstream.open(open.ask().request(), new Pipe(self, open, attempt));
        room.run(open, exchange);
        context.pipeToSelf(
                exchange.outcome(),
                (outcome, broken) -> new Provider.ExchangeEnded(
                        open,
                        attempt,
                        broken == null
                                ? outcome
                                : replies.failure(open, Kind.INTERNAL, "failed: " + broken, RETRY_AFTER)));
    }

    void pass(Provider.PieceArrived arrived) {
        OpenAsk open = arrived.ask();
        if (isCurrent(open, arrived.attempt())) {
            open.heard(System.nanoTime());
            open.asker().tell(new Provider.Delta(open.callKey(), arrived.piece()));
        }
    }

    void end(Provider.ExchangeEnded ended) {
        OpenAsk open = ended.ask();
        if (isCurrent(open, ended.attempt())) {
            end(open, ended.outcome());
        }
    }

    /** An attempt is over; the ask is, too, unless the vendor is asked again. */
    private void end(OpenAsk open, ChatOutcome outcome) {
        guard.ended(open, outcome).ifPresentOrElse(pause -> rest(open, pause), () -> {
            close(open);
            replies.outcome(open, outcome);
            settle();
        });
    }

    /** The vendor has said nothing for too long. It may not notice at once that nobody listens. */
    private void hush(OpenAsk open) {
        var failure =
                replies.failure(open, Kind.STALLED, "sent nothing for " + text(open.quiet(System.nanoTime())), null);
        Optional<Duration> pause = guard.ended(open, failure);
        if (pause.isPresent()) {
            open.cancel();
            rest(open, pause.get().plus(Departures.NOTICE));
        } else {
            drop(open);
            replies.outcome(open, failure);
            settle();
        }
    }

    /** It keeps its permit: who waits for another would wait for two. */
    private void rest(OpenAsk open, Duration pause) {
        room.rest(open);
        timers.startSingleTimer(open, new Provider.RestOver(open), pause);
    }

    /** The pause before another attempt is over. */
    void again(OpenAsk open) {
        if (askers.contains(open) && !open.running()) {
            begin(open);
        }
    }

    private boolean isCurrent(OpenAsk open, int attempt) {
        return askers.contains(open) && open.running() && open.attempts() == attempt;
    }

    void cancel(String callKey) {
        giveUp(askers.all().stream()
                .filter(open -> open.callKey().equals(callKey))
                .toList());
    }

    /** Who stops when its time is over has waited for nothing, and that is the vendor's doing. */
    void stopped(ActorRef<Provider.Reply> asker) {
        long now = System.nanoTime();
        List<OpenAsk> asks = askers.of(asker);
        asks.stream()
                .filter(open -> open.running() && open.left(now).compareTo(NEARLY) < 0)
                .forEach(open -> guard.judge(open, replies.failure(open, Kind.TIMEOUT, "gave no answer", null)));
        giveUp(asks);
    }

    private void giveUp(List<OpenAsk> asks) {
        asks.forEach(this::drop);
        runWaiting();
    }

    /** Ends those whose time is over. */
    void expire() {
        long now = System.nanoTime();
        for (OpenAsk open : room.due(now)) {
            expire(open, now);
        }
        runWaiting();
    }

    private void expire(OpenAsk open, long now) {
        if (open.timedOut(now)) {
            boolean ran = open.running();
            Duration timeout = open.ask().request().timeout();
            var failure = replies.failure(open, Kind.TIMEOUT, "gave no answer within " + text(timeout), null);
            if (ran) {
                guard.judge(open, failure);
            }
            drop(open);
            replies.outcome(open, failure);
        } else if (open.isSilent(now)) {
            hush(open);
        } else if (open.hasPermit()) {
            room.lookAgain(open);
        } else {
            drop(open);
            refuse(open, "is busy: no permit within " + text(open.patience()));
        }
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
        if (departures.noticed(open)) {
            runWaiting();
        }
    }

    /** Admits as many of those that wait as there are permits. */
    void runWaiting() {
        while (room.hasNext()) {
            Duration delay = guard.delay(System.nanoTime());
            if (!delay.isZero()) {
                timers.startSingleTimer(Provider.Throttled.class, new Provider.Throttled(), delay);
                return;
            }
            room.next().ifPresent(this::admit);
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
        guard.abandoned(open);
        departures.giveUp(open);
        forget(open);
    }

    private void close(OpenAsk open) {
        departures.leave(open);
        forget(open);
    }

    private void forget(OpenAsk open) {
        if (open.equals(parked)) {
            parked = null;
        }
        if (askers.remove(open)) {
            context.unwatch(open.asker());
        }
    }

    private static String text(Duration time) {
        return time.toMillis() + " ms";
    }
}
