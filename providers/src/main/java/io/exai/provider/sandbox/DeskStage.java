package io.exai.provider.sandbox;

import io.exai.provider.sandbox.visit.Turn;
import io.exai.provider.sandbox.visit.Visit;
import java.time.Duration;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Pair;
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
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** One client connection: serves a request at a time and notices when the client leaves before its answer's end. */
final class DeskStage extends GraphStage<FlowShape<HttpRequest, HttpResponse>> {
    /** Nobody reads it; a connection that ended without a response would be logged as an error of ours. */
    private static final HttpResponse GONE = HttpResponse.create().withStatus(400);

    /** The largest file of a vendor, and what is around it. */
    static final long LARGEST_BODY = 101L << 20;

    private static final Duration SLOWEST_BODY = Duration.ofSeconds(30);

    private final Inlet<HttpRequest> in = Inlet.create("DeskStage.in");
    private final Outlet<HttpResponse> out = Outlet.create("DeskStage.out");
    private final FlowShape<HttpRequest, HttpResponse> shape = FlowShape.of(in, out);
    private final Desk desk;
    private final @Nullable HttpResponse hangUp;

    /** To hang up on a client the stage completes, or gives out this response instead. */
    DeskStage(Desk desk, @Nullable HttpResponse hangUp) {
        this.desk = desk;
        this.hangUp = hangUp;
    }

    @Override
    public FlowShape<HttpRequest, HttpResponse> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    /** Reads one request ahead: without a read under way, nobody would notice that the client closed. */
    private final class Logic extends TimerGraphStageLogic {
        private final AsyncCallback<Pair<HttpRequest, ByteString>> bodyArrived;
        private final AsyncCallback<Throwable> bodyLost;
        private @Nullable HttpRequest ahead;
        private @Nullable Visit visit;
        private boolean busy;
        private boolean last;

        Logic() {
            super(shape);
            bodyArrived = createAsyncCallback(pair -> receive(pair.first(), pair.second()));
            bodyLost = createAsyncCallback(this::failStage);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    arrive(grab(in));
                }

                @Override
                public void onUpstreamFinish() {
                    finish();
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    next();
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    leave();
                    cancelStage(cause);
                }
            });
        }

        private void arrive(HttpRequest request) {
            if (busy || !isAvailable(out)) {
                ahead = request;
            } else {
                begin(request);
            }
        }

        private void next() {
            if (ahead != null) {
                HttpRequest request = ahead;
                ahead = null;
                begin(request);
            } else if (isClosed(in)) {
                completeStage();
            } else if (!hasBeenPulled(in)) {
                pull(in);
            }
        }

        private void begin(HttpRequest request) {
            busy = true;
            last = saysClose(request);
            if (request.entity() instanceof HttpEntity.Strict strict) {
                receive(request, strict.getData());
                return;
            }
            if (request.entity().getContentLengthOption().orElse(0) > LARGEST_BODY) {
                respond(desk.tooLarge(request));
                return;
            }
            request.entity()
                    .toStrict(SLOWEST_BODY.toMillis(), Long.MAX_VALUE, materializer())
                    .whenComplete((body, failure) -> {
                        if (failure == null) {
                            bodyArrived.invoke(Pair.create(request, body.getData()));
                        } else {
                            bodyLost.invoke(failure);
                        }
                    });
        }

        private void readAhead() {
            if (!isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
            }
        }

        private void receive(HttpRequest request, ByteString body) {
            readAhead();
            Reception reception = desk.receive(request, body);
            if (reception instanceof Reception.Now now) {
                respond(now.response());
            } else if (reception instanceof Reception.Later later) {
                visit = later.visit();
                Duration latency = desk.latency().plus(later.visit().delay());
                if (latency.isZero()) {
                    answer();
                } else {
                    scheduleOnce("latency", latency);
                }
            }
        }

        @Override
        public void onTimer(Object latency) {
            answer();
        }

        private void answer() {
            Turn turn = visit == null ? new Turn.Silence() : visit.answer();
            if (turn instanceof Turn.Answer answer) {
                respond(answer.response());
            } else if (turn instanceof Turn.HangUp && hangUp != null) {
                respond(hangUp);
            } else if (turn instanceof Turn.HangUp) {
                busy = false;
                completeStage();
            }
        }

        private void respond(HttpResponse response) {
            busy = false;
            push(out, response);
            if (isClosed(in)) {
                complete(out);
            }
        }

        /** The end of input is the client's leave, unless its last request announced it. */
        private void finish() {
            if (!last) {
                leave();
                if (busy) {
                    busy = false;
                    push(out, GONE);
                }
                completeStage();
            } else if (!busy) {
                completeStage();
            }
        }

        private void leave() {
            if (visit != null) {
                visit.left();
            }
        }

        @Override
        public void postStop() {
            if (busy || !last) {
                leave();
            }
        }
    }

    private static boolean saysClose(HttpRequest request) {
        return request.getHeader("Connection")
                .map(header -> header.value().equalsIgnoreCase("close"))
                .orElse(false);
    }
}
