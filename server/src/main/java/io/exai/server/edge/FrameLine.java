package io.exai.server.edge;

import io.exai.protocol.frame.CloseCode;
import java.time.Duration;
import org.apache.pekko.http.impl.engine.ws.FrameEvent;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/** Frames of one WebSocket, in and out in their order, until both sides have said good-bye. */
abstract class FrameLine extends TimerGraphStageLogic {
    private static final String CLOSE = "close";

    private final Inlet<FrameEvent> in;
    private final Outlet<FrameEvent> out;
    private final Duration closeTimeout;
    private final Backlog<FrameEvent> waiting = new Backlog<>(Frames::size);
    private boolean closing;
    private boolean peerIsGone;

    FrameLine(FlowShape<FrameEvent, FrameEvent> shape, Duration closeTimeout) {
        super(shape);
        this.in = shape.in();
        this.out = shape.out();
        this.closeTimeout = closeTimeout;
        setHandler(in, new Incoming());
        setHandler(out, new Outgoing());
    }

    /** One frame, or a piece of one. */
    abstract void arrived(FrameEvent event);

    /** Whether more may be read now. */
    abstract boolean isReady();

    @Override
    public void onTimer(Object timer) {
        if (timer.equals(CLOSE)) {
            completeStage();
        }
    }

    boolean isClosing() {
        return closing;
    }

    /** Bytes that wait to go out. */
    long waiting() {
        return waiting.bytes();
    }

    /** Does nothing when the good-bye is on its way already. */
    void enqueue(FrameEvent frame) {
        if (closing) {
            return;
        }
        if (waiting.isEmpty() && isAvailable(out)) {
            push(out, frame);
        } else {
            waiting.add(frame);
        }
    }

    /** While a closing handshake is under way, what still comes in is read and thrown away. */
    void readOn() {
        if ((closing || isReady()) && !hasBeenPulled(in) && !isClosed(in)) {
            pull(in);
        }
    }

    public void close(CloseCode code, String reason) {
        if (!closing) {
            sayGoodBye(code.code(), reason);
            readOn();
        }
    }

    /** Echoes the code unless we closed first, and is done when that is out. */
    void peerClosed(int code) {
        if (!closing) {
            sayGoodBye(code == 1005 ? CloseCode.NORMAL.code() : code, "");
        }
        completeWhenOut();
    }

    private void sayGoodBye(int code, String reason) {
        enqueue(Frames.close(code, reason));
        closing = true;
        scheduleOnce(CLOSE, closeTimeout);
    }

    private void completeWhenOut() {
        if (waiting.isEmpty()) {
            completeStage();
        } else {
            peerIsGone = true;
        }
    }

    private void writeOn() {
        FrameEvent next = waiting.poll();
        if (next != null) {
            push(out, next);
        }
        if (waiting.isEmpty() && peerIsGone) {
            completeStage();
        }
    }

    private final class Incoming extends AbstractInHandler {
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
    }

    private final class Outgoing extends AbstractOutHandler {
        @Override
        public void onPull() {
            writeOn();
        }
    }
}
