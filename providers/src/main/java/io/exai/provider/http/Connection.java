package io.exai.provider.http;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** One kept-alive connection, serving one exchange at a time; closing it is how a vendor learns of a cancel. */
final class Connection {
    /** What a vendor does wrong is said to the asker, not to the log. */
    private static final Attributes QUIET =
            Attributes.createLogLevels(Attributes.logLevelOff(), Attributes.logLevelOff(), Attributes.logLevelOff());

    private final Connections owner;
    private final BoundedSourceQueue<HttpRequest> requests;
    private final UniqueKillSwitch killSwitch;
    private final CompletionStage<?> connected;
    private final AtomicReference<@Nullable HttpExchange> current = new AtomicReference<>();
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;
    private volatile long idleSince = System.nanoTime();

    Connection(
            Flow<HttpRequest, HttpResponse, ? extends CompletionStage<?>> transport,
            Connections owner,
            ActorSystem<?> system) {
        this.owner = owner;
        var outward = Source.<HttpRequest>queue(1)
                .viaMat(KillSwitches.single(), Keep.both())
                .viaMat(transport, Keep.both())
                .toMat(Sink.foreach(this::respond), Keep.both())
                .addAttributes(QUIET)
                .run(system);
        Pair<Pair<BoundedSourceQueue<HttpRequest>, UniqueKillSwitch>, ? extends CompletionStage<?>> out =
                outward.first();
        this.requests = out.first().first();
        this.killSwitch = out.first().second();
        this.connected = out.second();
        outward.second().whenCompleteAsync((done, broken) -> ended(broken), system.executionContext());
    }

    /** Sends on a free connection; an exchange whose connection is gone hears so. */
    void send(HttpExchange exchange, HttpRequest request) {
        current.set(exchange);
        boolean sent = requests.offer(request).equals(QueueOfferResult.enqueued());
        if (!sent || closed) {
            closed = true;
            breakOff();
        }
    }

    /** The exchange has read its response to the end. */
    void release(HttpExchange exchange, boolean reusable) {
        if (!current.compareAndSet(exchange, null)) {
            return;
        }
        if (reusable && !closed) {
            idleSince = System.nanoTime();
            owner.idle(this);
        } else {
            close();
        }
    }

    /** Closes at once if the exchange still holds this connection. */
    void abort(HttpExchange exchange) {
        if (current.get() == exchange) {
            close();
        }
    }

    void close() {
        closed = true;
        killSwitch.abort(new BadAnswer("was cancelled"));
    }

    boolean usable(long maxIdleNanos) {
        return !closed && System.nanoTime() - idleSince < maxIdleNanos;
    }

    private void respond(HttpResponse response) {
        HttpExchange exchange = current.get();
        if (exchange != null) {
            exchange.respond(response);
        }
    }

    private void ended(@Nullable Throwable broken) {
        failure = broken;
        closed = true;
        owner.closed(this);
        breakOff();
    }

    private void breakOff() {
        HttpExchange exchange = current.getAndSet(null);
        if (exchange != null) {
            var connecting = connected.toCompletableFuture();
            exchange.breakOff(failure, connecting.isDone() && !connecting.isCompletedExceptionally());
        }
    }
}
