package io.exai.server.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.time.Duration;

/**
 * How the calls of a tool are treated.
 *
 * @param journaled whether calls and answers are events of the session: survive, are re-sent, can be replayed
 * @param repeatable whether a call that a crash interrupted is run again; otherwise it fails, retryable
 * @param deadline how long one run may take
 * @param task whether a call may be a task
 * @param requires capabilities, as an MCP ClientCapabilities object, without which a modern client is refused; may be empty
 */
public record Policy(boolean journaled, boolean repeatable, Duration deadline, TaskUse task, ObjectNode requires) {
    /** In the journal and run again after a crash; never a task; for every client. */
    public static Policy durable(Duration deadline) {
        return new Policy(true, true, deadline, TaskUse.FORBIDDEN, WireJson.object());
    }

    /** The same with another rule for tasks. */
    public Policy withTask(TaskUse use) {
        return new Policy(journaled, repeatable, deadline, use, requires);
    }

    /** The same for clients with those capabilities only. */
    public Policy requiring(ObjectNode capabilities) {
        return new Policy(journaled, repeatable, deadline, task, capabilities);
    }
}
