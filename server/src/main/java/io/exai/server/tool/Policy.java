package io.exai.server.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.json.WireJson;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of a tool are treated.
 *
 * @param journaled whether calls and answers are events of the session: survive, are re-sent, can be replayed
 * @param repeatable whether a call that a crash interrupted is run again; otherwise it fails, retryable
 * @param deadline how long one run may take
 * @param task whether a call may be a task
 * @param shared whether equal calls of one principal share one run and its answer
 * @param longestReuse how long the answer of a shared call may be given to others; null for as long as the daemon says
 * @param requires capabilities, as an MCP ClientCapabilities object, without which a modern client is refused; may be empty
 */
public record Policy(
        boolean journaled,
        boolean repeatable,
        Duration deadline,
        TaskUse task,
        ObjectNode requires,
        boolean shared,
        @Nullable Duration longestReuse) {
    /** Of a tool whose calls share nothing. */
    public Policy(boolean journaled, boolean repeatable, Duration deadline, TaskUse task, ObjectNode requires) {
        this(journaled, repeatable, deadline, task, requires, false, null);
    }

    /** In the journal and run again after a crash; never a task; for every client. */
    public static Policy durable(Duration deadline) {
        return new Policy(true, true, deadline, TaskUse.FORBIDDEN, WireJson.object());
    }

    /** The same with another rule for tasks. */
    public Policy withTask(TaskUse use) {
        return new Policy(journaled, repeatable, deadline, use, requires, shared, longestReuse);
    }

    /** The same for clients with those capabilities only. */
    public Policy requiring(ObjectNode capabilities) {
        return new Policy(journaled, repeatable, deadline, task, capabilities, shared, longestReuse);
    }

    /** The same for equal calls, which share a run and, for so long, its answer. */
    Policy sharing(@Nullable Duration reuse) {
        return new Policy(journaled, repeatable, deadline, task, requires, true, reuse);
    }

    /** How long an answer may be given to others, where the daemon allows that long. */
    public Duration reuse(Duration most) {
        return longestReuse == null || longestReuse.compareTo(most) > 0 ? most : longestReuse;
    }
}
