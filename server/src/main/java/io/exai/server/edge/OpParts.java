package io.exai.server.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.op.OpMessages;
import io.exai.server.security.Principals;
import io.exai.server.setting.OpSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What connections that speak the op protocol need beside {@link EdgeParts}.
 *
 * @param heartbeat how often a client hears that its calls are alive
 * @param figures what {@code health} tells, at the moment
 * @param distinctTools whose equal calls are never a duplicate of each other
 */
public record OpParts(
        OpSettings settings,
        OpMessages messages,
        Principals principals,
        TokenRotation rotation,
        Duration heartbeat,
        Supplier<ObjectNode> figures,
        List<String> distinctTools,
        Clock clock) {
    /** Seconds since 1970. */
    double now() {
        return clock.millis() / 1000.0;
    }
}
