package io.exai.server.edge;

import org.apache.pekko.http.impl.engine.ws.FrameEvent;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;

/** One WebSocket: frames in, frames out, and between them one dialogue. */
final class WebSocketConnection extends GraphStage<FlowShape<FrameEvent, FrameEvent>> {
    private final FlowShape<FrameEvent, FrameEvent> shape =
            FlowShape.of(Inlet.create("WebSocketConnection.in"), Outlet.create("WebSocketConnection.out"));
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
        return new SocketWire(shape, parts, op, caller, open);
    }
}
