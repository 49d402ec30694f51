package io.exai.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.exai.server.change.Change;
import io.exai.server.e2e.Await;
import io.exai.server.session.ToClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamTest {
    private static final int MEGABYTE = 1 << 20;

    private final ActorTestKit kit = ActorTestKit.create();
    private final Connections open = new Connections();
    private final Pouring feed = new Pouring();
    private final Source<ByteString, ?> stream = Source.fromGraph(new EventStream(() -> feed, open, null));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void endsTheStreamOfAClientThatDoesNotReadAtFourMegabytesAndOneMessage() throws Exception {
        stream.runWith(Sink.fromGraph(new Unread()), kit.system());

        feed.pour(5, MEGABYTE);
        assertThat(feed.closed).isNotDone();
        assertThat(open.now()).isEqualTo(1);
        feed.pour(1, 1);

        assertThat(feed.closed.get(20, TimeUnit.SECONDS)).as("by the client").isTrue();
        Await.until("nothing is open", Duration.ofSeconds(20), () -> open.now() == 0);
    }

    @Test
    void takesNoNoticeOfHowMuchAClientReads() throws Exception {
        var bytes = stream.runWith(Sink.fold(0L, (sum, piece) -> sum + piece.size()), kit.system());

        for (int megabyte = 0; megabyte < 20; megabyte++) {
            feed.pour(1, MEGABYTE);
        }
        feed.then(() -> feed.outlet().end());

        assertThat(bytes.toCompletableFuture().get(20, TimeUnit.SECONDS)).isEqualTo(20L * MEGABYTE);
        assertThat(feed.closed.get(20, TimeUnit.SECONDS)).as("by the client").isFalse();
    }

    @Test
    void endsOnlyAfterWhatWaits() throws Exception {
        feed.atFirst = () -> {
            feed.outlet().send(new byte[3]);
            feed.outlet().send(new byte[4]);
            feed.outlet().end();
            feed.outlet().send(new byte[5]);
        };

        var bytes = stream.runWith(Sink.fold(0L, (sum, piece) -> sum + piece.size()), kit.system());

        assertThat(bytes.toCompletableFuture().get(20, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(feed.closed.get(20, TimeUnit.SECONDS)).as("by the client").isFalse();
    }

    @Test
    void tellsThatTheClientHasLeft() throws Exception {
        stream.runWith(Sink.cancelled(), kit.system());

        assertThat(feed.closed.get(20, TimeUnit.SECONDS)).as("by the client").isTrue();
        Await.until("nothing is open", Duration.ofSeconds(20), () -> open.now() == 0);
    }

    /** Sends what it is told to, in the thread of the stream. */
    private static final class Pouring implements Feed {
        private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
        private final CompletableFuture<ActorRef> begun = new CompletableFuture<>();
        private Runnable atFirst = () -> {};
        private @Nullable Outlet outlet;

        private Outlet outlet() {
            return java.util.Objects.requireNonNull(outlet);
        }

        /** Returns when the stream has them. */
        void pour(int pieces, int size) throws Exception {
            CountDownLatch done = new CountDownLatch(1);
            then(() -> {
                for (int piece = 0; piece < pieces; piece++) {
                    outlet().send(new byte[size]);
                }
                done.countDown();
            });
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        }

        void then(Runnable work) throws Exception {
            begun.get(20, TimeUnit.SECONDS).tell(new Errand(work), ActorRef.noSender());
        }

        @Override
        public void begin(Outlet newOutlet, ActorRef self) {
            outlet = newOutlet;
            atFirst.run();
            begun.complete(self);
        }

        @Override
        public void heard(ToClient message) {}

        @Override
        public void heard(Change change) {}

        @Override
        public void heard(Late late) {}

        @Override
        public void draining() {}

        @Override
        public void closed(boolean byClient) {
            closed.complete(byClient);
        }
    }

    /** A client that is there and reads nothing. */
    private static final class Unread extends GraphStage<SinkShape<ByteString>> {
        private final Inlet<ByteString> in = Inlet.create("Unread.in");
        private final SinkShape<ByteString> shape = SinkShape.of(in);

        @Override
        public SinkShape<ByteString> shape() {
            return shape;
        }

        @Override
        public GraphStageLogic createLogic(Attributes attributes) {
            GraphStageLogic logic = new GraphStageLogic(shape) {};
            logic.setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    throw new AssertionError("it was not asked for");
                }
            });
            return logic;
        }
    }
}
