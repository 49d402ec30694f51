package io.exai.server.edge;

import io.exai.protocol.frame.ServerSentEvent;
import io.exai.server.change.Change;
import io.exai.server.session.ToClient;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.runtime.BoxedUnit;

/**
 * The body of a response that a feed fills as things happen. A client that reads too slowly loses the stream, not what is
 * in its session's outbox.
 */
final class EventStream extends GraphStage<SourceShape<ByteString>> {
    /** Bytes that may wait for a client, beyond one message. */
    private static final long TOO_SLOW = 4L << 20;

    private final Outlet<ByteString> out = Outlet.create("EventStream.out");
    private final SourceShape<ByteString> shape = SourceShape.of(out);
    private final Supplier<Feed> feeds;
    private final Connections open;
    private final @Nullable Duration keepAlive;

    /** {@code keepAlive} is how often a comment is sent on a quiet stream; null for never. */
    EventStream(Supplier<Feed> feeds, Connections open, @Nullable Duration keepAlive) {
        this.feeds = feeds;
        this.open = open;
        this.keepAlive = keepAlive;
    }

    @Override
    public SourceShape<ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic implements Feed.Outlet {
        private static final String ALIVE = "alive";

        private final Feed feed = feeds.get();
        private final Backlog<ByteString> queue = new Backlog<>(ByteString::size);
        private boolean ended;
        private boolean byClient;
        private @Nullable ActorRef self;

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    writeOn();
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    byClient = !ended;
                    cancelStage(cause);
                }
            });
        }

        @Override
        public void preStart() {
            ActorRef ourselves = getStageActor(this::heard).ref();
            self = ourselves;
            open.opened(ourselves);
            if (keepAlive != null) {
                scheduleWithFixedDelay(ALIVE, keepAlive, keepAlive);
            }
            feed.begin(this, ourselves);
        }

        @Override
        public void postStop() {
            feed.closed(byClient);
            if (self != null) {
                open.closed(self);
            }
        }

        private BoxedUnit heard(Tuple2<ActorRef, Object> envelope) {
            Object message = envelope._2();
            if (ended) {
                return BoxedUnit.UNIT;
            } else if (message instanceof ToClient told) {
                feed.heard(told);
            } else if (message instanceof Change change) {
                feed.heard(change);
            } else if (message instanceof Feed.Late late) {
                feed.heard(late);
            } else if (message instanceof Feed.Errand errand) {
                errand.work().run();
            } else if (message instanceof Connections.NodeLost) {
                feed.nodeLost();
            } else if (message instanceof Connections.Draining) {
                feed.draining();
            }
            return BoxedUnit.UNIT;
        }

        @Override
        public void onTimer(Object timer) {
            feed.alive();
            if (queue.isEmpty() && !ended) {
                send(ServerSentEvent.comment());
            }
        }

        @Override
        public void send(byte[] bytes) {
            if (ended) {
                return;
            }
            if (queue.bytes() > TOO_SLOW) {
                byClient = true;
                completeStage();
                return;
            }
            ByteString piece = ByteString.fromArrayUnsafe(bytes);
            if (queue.isEmpty() && isAvailable(out)) {
                push(out, piece);
            } else {
                queue.add(piece);
            }
        }

        @Override
        public void end() {
            ended = true;
            if (queue.isEmpty()) {
                completeStage();
            }
        }

        private void writeOn() {
            ByteString next = queue.poll();
            if (next != null) {
                push(out, next);
            }
            if (queue.isEmpty() && ended) {
                completeStage();
            }
        }
    }
}
