package io.exai.server.edge;

import io.exai.protocol.frame.CloseCode;
import io.exai.server.change.Change;
import io.exai.server.session.ToClient;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.http.impl.engine.ws.FrameEvent;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.runtime.BoxedUnit;

/**
 * Brings one dialogue what its WebSocket and its session say, and takes its answers away. What goes out is bounded:
 * progress is dropped first, then the connection closes with 1013 and the answers wait in the session's outbox.
 */
final class SocketWire extends FrameLine implements Wire {
    /** Bytes waiting to go out above which progress is dropped. */
    private static final long CROWDED = 256 * 1024;

    /** Bytes waiting to go out, beside the last message, above which the peer counts as too slow. */
    private static final long TOO_SLOW = 16 * 1024 * 1024;

    /** Largest message of a peer that has not shown who it is, in bytes. */
    private static final long STRANGER_LIMIT = 16 * 1024;

    /** Confirmations are asked for at most this often. */
    private static final Duration CONFIRM_INTERVAL = Duration.ofMillis(200);

    private static final String PING = "ping";
    private static final String TOUCH = "touch";
    private static final String CONFIRM = "confirm";
    private static final String ALARM = "alarm";

    private final EdgeParts parts;
    private final OpParts op;
    private final Caller caller;
    private final Connections open;
    private final FrameAssembler frames;
    private final Confirmations confirmations = new Confirmations();
    private @Nullable Dialogue dialogue;
    private int silentPings;
    private @Nullable ActorRef self;

    SocketWire(FlowShape<FrameEvent, FrameEvent> shape, EdgeParts parts, OpParts op, Caller caller, Connections open) {
        super(shape, parts.http().closeTimeout());
        this.parts = parts;
        this.op = op;
        this.caller = caller;
        this.open = open;
        long limit = parts.limits().frame();
        this.frames = new FrameAssembler(caller.isKnown() ? limit : Math.min(limit, STRANGER_LIMIT), this::assembled);
    }

    @Override
    public void preStart() {
        ActorRef ourselves = getStageActor(this::heard).ref();
        self = ourselves;
        open.opened(ourselves);
        dialogue = Dialogue.of(parts, op, this, caller, Adapter.toTyped(ourselves));
        dialogue.opened();
        Duration pingInterval = parts.http().pingInterval();
        scheduleWithFixedDelay(PING, pingInterval, pingInterval);
        scheduleWithFixedDelay(TOUCH, parts.touchInterval(), parts.touchInterval());
        readOn();
    }

    @Override
    public void postStop() {
        if (dialogue != null) {
            dialogue.closed();
        }
        if (self != null) {
            open.closed(self);
        }
    }

    @Override
    boolean isReady() {
        return dialogue == null || dialogue.isReady();
    }

    private BoxedUnit heard(Tuple2<ActorRef, Object> envelope) {
        if (dialogue != null) {
            heard(envelope._2(), dialogue);
        }
        return BoxedUnit.UNIT;
    }

    private void heard(Object message, Dialogue with) {
        if (message instanceof Connections.Draining) {
            with.draining();
            close(CloseCode.SERVICE_RESTART, "this node goes; reconnect with the session id");
        } else if (message instanceof Connections.Rotated rotated) {
            rotated(rotated, with.principal());
        } else if (isClosing()) {
            return;
        } else if (message instanceof ToClient answer) {
            with.heard(answer);
            readOn();
        } else if (message instanceof Change change) {
            with.heard(change);
        } else if (message instanceof Connections.NodeLost) {
            with.nodeLost();
        }
    }

    /** Whoever came in with the old token comes in again with the new one. */
    private void rotated(Connections.Rotated rotated, String principal) {
        if (principal.equals(rotated.principal()) && !rotated.by().equals(caller.connection())) {
            close(CloseCode.UNAUTHORIZED, "the token was replaced");
        }
    }

    @Override
    void arrived(FrameEvent event) {
        silentPings = 0;
        Frames.pass(event, frames);
    }

    private void assembled(FrameAssembler.Event event) {
        if (event instanceof FrameAssembler.Event.PeerClosed peer) {
            peerClosed(peer.code());
        } else if (isClosing() || dialogue == null) {
            return;
        } else if (event instanceof FrameAssembler.Event.Text text) {
            dialogue.received(text.utf8());
        } else if (event instanceof FrameAssembler.Event.Ping ping) {
            enqueue(Frames.pong(ping.payload()));
        } else if (event instanceof FrameAssembler.Event.Pong pong) {
            confirmations.answered(pong.payload()).ifPresent(dialogue::confirmed);
        } else if (event instanceof FrameAssembler.Event.Violation violation) {
            close(violation.code(), violation.why());
        }
    }

    @Override
    public void onTimer(Object timer) {
        if (timer.equals(PING)) {
            keepAlive();
        } else if (timer.equals(TOUCH) && dialogue != null) {
            dialogue.touch();
        } else if (timer.equals(CONFIRM)) {
            askToConfirm();
        } else if (timer.equals(ALARM) && dialogue != null && !isClosing()) {
            dialogue.alarm();
        } else {
            super.onTimer(timer);
        }
    }

    /** Keeps proxies from cutting a quiet connection, and finds out when nobody is there any more. */
    private void keepAlive() {
        if (silentPings >= 2) {
            completeStage();
            return;
        }
        silentPings++;
        enqueue(Frames.ping(new byte[0]));
        if (dialogue != null && dialogue.isWaiting()) {
            dialogue.touch();
        }
    }

    @Override
    public void send(byte[] message) {
        if (waiting() > TOO_SLOW) {
            close(CloseCode.TRY_AGAIN_LATER, "the client reads too slowly; resume the session");
            return;
        }
        enqueue(Frames.text(message));
    }

    @Override
    public void sendIfIdle(byte[] message) {
        if (waiting() + message.length <= CROWDED) {
            enqueue(Frames.text(message));
        }
    }

    @Override
    public void later(CompletionStage<byte[]> message, Consumer<byte[]> then) {
        AsyncCallback<byte[]> arrived = createAsyncCallback(bytes -> {
            if (!isClosing()) {
                then.accept(bytes);
                readOn();
            }
        });
        message.thenAcceptAsync(arrived::invoke, parts.executor());
    }

    @Override
    public void confirm(long sequence) {
        confirmations.want(sequence);
        if (!isTimerActive(CONFIRM)) {
            askToConfirm();
        }
    }

    private void askToConfirm() {
        confirmations.ask().ifPresent(payload -> {
            enqueue(Frames.ping(payload));
            scheduleOnce(CONFIRM, CONFIRM_INTERVAL);
        });
    }

    @Override
    public void alarm(Duration after) {
        scheduleOnce(ALARM, after);
    }

    @Override
    public void admit() {
        frames.limit(parts.limits().frame());
    }
}
