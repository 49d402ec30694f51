package io.exai.server.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.jsonrpc.RpcError;
import io.exai.server.change.Change;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that a script does. */
public sealed interface Step {
    /** Shows progress, to a client that asked for it; grows from one to the next. */
    record Progress(
            double progress,
            @Nullable Double total,
            @Nullable String message) implements Step {}

    /** Logs to a client that wants messages of that level. */
    record Log(String level, @Nullable String logger, JsonNode data) implements Step {}

    /** Waits; a cancel ends the wait. */
    record Pause(Duration time) implements Step {}

    /** Ends the response stream, where there is one; the answer is kept for the client to come back for. */
    record CloseStream() implements Step {}

    /** Tells all clients everywhere that something they may have listed or read is different now. */
    record Announce(Change change) implements Step {}

    /**
     * Asks the client, and ends this round.
     *
     * @param requests by a key of the script's choice
     * @param state comes back with the answers; told to the client sealed
     */
    record Ask(Map<String, InputRequest> requests, @Nullable String state) implements Step {}

    /** Ends the call with this result: content, structuredContent, isError, messages and the like. */
    record Complete(ObjectNode result) implements Step {}

    /** Ends the call with a JSON-RPC error. */
    record Reject(RpcError error) implements Step {}
}
