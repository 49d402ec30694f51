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
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.runtime.BoxedUnit;

/**
 * One WebSocket: frames in, frames out, and between them one dialogue. What goes out is bounded: progress is dropped
 * first, then the connection closes with 1013 and the answers wait in the session's outbox.
 */
final class WebSocketConnection extends GraphStage<FlowShape<FrameEvent, FrameEvent>> {
    /** Bytes waiting to go out above which progress is dropped. */
    private static final long CROWDED = 256 * 1024;

    /** Bytes waiting to go out, beside the last message, above which the peer counts as too slow. */
    private static final long TOO_SLOW = 16 * 1024 * 1024;

    /** Largest message of a peer that has not shown who it is, in bytes. */
    private static final long STRANGER_LIMIT = 16 * 1024;

    /** Confirmations are asked for at most this often. */
    private static final Duration CONFIRM_INTERVAL = Duration.ofMillis(200);

    private final Inlet<FrameEvent> in = Inlet.create("WebSocketConnection.in");
    private final Outlet<FrameEvent> out = Outlet.create("WebSocketConnection.out");
    private final FlowShape<FrameEvent, FrameEvent> shape = FlowShape.of(in, out);

    private final EdgeParts parts;
    private final OpParts op;
    private final Caller caller;
    private final Connections open;

    WebSocketConnection(EdgeParts parts, OpParts op, Caller caller, Connections open) {
        this.parts = parts;
        this.op = op;
        this.caller = caller;
        this.open = open;
    }

    @Override
    public FlowShape<FrameEvent, FrameEvent> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inheritedAttributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic implements Wire {
        private static final String PING = "ping";
        private static final String TOUCH = "touch";
        private static final String CONFIRM = "confirm";
        private static final String CLOSE = "close";
        private static final String ALARM = "alarm";

        private final FrameAssembler frames = new FrameAssembler(
                caller.isKnown()
                        ? parts.limits().frame()
                        : Math.min(parts.limits().frame(), STRANGER_LIMIT),
                this::assembled);
        private final Backlog<FrameEvent> queue = new Backlog<>(Frames::size);
        private final Confirmations confirmations = new Confirmations();
        private @Nullable Dialogue dialogue;
        private int silentPings;
        private boolean closing;
        private boolean peerIsGone;
        private @Nullable ActorRef self;

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    arrived(grab(in));
                    readOn();
                }

                @Override
                public void onUpstreamFinish() {
                    completeStage();
                }

                @Override
                public void onUpstreamFailure(Throwable unreadable) {
                    close(CloseCode.PROTOCOL_ERROR, "not a WebSocket frame");
                    completeWhenOut();
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    writeOn();
                }
            });
        }

        @Override
        public void preStart() {
            ActorRef ourselves = getStageActor(this::heard).ref();
            self = ourselves;
            open.opened(ourselves);
            dialogue = Dialogue.of(parts, op, this, caller, Adapter.toTyped(ourselves));
            dialogue.opened();
            scheduleWithFixedDelay(
                    PING, parts.http().pingInterval(), parts.http().pingInterval());
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

        private BoxedUnit heard(Tuple2<ActorRef, Object> envelope) {
            if (envelope._2() instanceof ToClient message && dialogue != null && !closing) {
                dialogue.heard(message);
                readOn();
            } else if (envelope._2() instanceof Change change && dialogue != null && !closing) {
                dialogue.heard(change);
            } else if (envelope._2() instanceof Connections.Draining) {
                if (dialogue != null) {
                    dialogue.draining();
                }
                close(CloseCode.SERVICE_RESTART, "this node goes; reconnect with the session id");
            } else if (envelope._2() instanceof Connections.NodeLost && dialogue != null && !closing) {
                dialogue.nodeLost();
            } else if (envelope._2() instanceof Connections.Rotated rotated) {
                rotated(rotated);
            }
            return BoxedUnit.UNIT;
        }

        /** Whoever came in with the old token comes in again with the new one. */
        private void rotated(Connections.Rotated rotated) {
            boolean concerned = dialogue != null && dialogue.principal().equals(rotated.principal());
            if (concerned && !rotated.by().equals(caller.connection())) {
                close(CloseCode.UNAUTHORIZED, "the token was replaced");
            }
        }

        private void arrived(FrameEvent event) {
            silentPings = 0;
            Frames.pass(event, frames);
        }

        private void assembled(FrameAssembler.Event event) {
            if (event instanceof FrameAssembler.Event.PeerClosed peer) {
                peerClosed(peer.code());
            } else if (closing || dialogue == null) {
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
            } else if (timer.equals(ALARM) && dialogue != null && !closing) {
                dialogue.alarm();
            } else if (timer.equals(CLOSE)) {
                completeStage();
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
            if (queue.bytes() > TOO_SLOW) {
                close(CloseCode.TRY_AGAIN_LATER, "the client reads too slowly; resume the session");
                return;
            }
            enqueue(Frames.text(message));
        }

        @Override
        public void sendIfIdle(byte[] message) {
            if (queue.bytes() + message.length <= CROWDED) {
                enqueue(Frames.text(message));
            }
        }

        @Override
        public void later(CompletionStage<byte[]> message, Consumer<byte[]> then) {
            AsyncCallback<byte[]> arrived = createAsyncCallback(bytes -> {
                if (!closing) {
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

        @Override
        public void alarm(Duration after) {
            scheduleOnce(ALARM, after);
        }

        @Override
        public void admit() {
            frames.limit(parts.limits().frame());
        }

        private void askToConfirm() {
            confirmations.ask().ifPresent(payload -> {
                enqueue(Frames.ping(payload));
                scheduleOnce(CONFIRM, CONFIRM_INTERVAL);
            });
        }

        @Override
        public void close(CloseCode code, String reason) {
            if (!closing) {
                enqueue(Frames.close(code.code(), reason));
                closing = true;
                scheduleOnce(CLOSE, parts.http().closeTimeout());
                readOn();
            }
        }

        /** Echoes the code unless we closed first, and is done when that is out. */
        private void peerClosed(int code) {
            if (!closing) {
                enqueue(Frames.close(code == 1005 ? CloseCode.NORMAL.code() : code, ""));
                closing = true;
                scheduleOnce(CLOSE, parts.http().closeTimeout());
            }
            completeWhenOut();
        }

        private void completeWhenOut() {
            if (queue.isEmpty()) {
                completeStage();
            } else {
                peerIsGone = true;
            }
        }

        private void enqueue(FrameEvent frame) {
            if (closing) {
                return;
            }
            if (queue.isEmpty() && isAvailable(out)) {
                push(out, frame);
            } else {
                queue.add(frame);
            }
        }

        private void writeOn() {
            FrameEvent next = queue.poll();
            if (next != null) {
                push(out, next);
            }
            if (queue.isEmpty() && peerIsGone) {
                completeStage();
            }
        }

        /** While a closing handshake is under way, what still comes in is read and thrown away. */
        private void readOn() {
            boolean ready = closing || dialogue == null || dialogue.isReady();
            if (ready && !hasBeenPulled(in) && !isClosed(in)) {
                pull(in);
            }
        }
    }
}
