package io.exai.server.session;

import io.exai.persistence.payload.PayloadStore;
import io.exai.server.security.StateSeal;
import io.exai.server.setting.DeadlineSettings;
import io.exai.server.setting.SessionSettings;
import io.exai.server.tool.ToolParts;
import java.time.Clock;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What every session needs.
 *
 * @param inlineLimit contents of up to this many bytes stay inside their event
 */
public record SessionParts(
        SessionSettings settings,
        DeadlineSettings deadlines,
        ToolParts tools,
        PayloadStore payloads,
        int inlineLimit,
        ActorRef<SessionCap.Command> cap,
        CallCounters counters,
        StateSeal seal,
        Clock clock) {
    Contents contents() {
        return new Contents(payloads, inlineLimit);
    }
}
