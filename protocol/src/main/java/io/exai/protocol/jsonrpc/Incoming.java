package io.exai.protocol.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What one frame turned out to be. */
public sealed interface Incoming {
    /** Must be answered. */
    record Request(RequestId id, String method, ObjectNode params) implements Incoming {}

    /** Must not be answered. */
    record Notification(String method, ObjectNode params) implements Incoming {}

    /** The client's answer to a request of ours; exactly one of result and error is set. */
    record Response(
            RequestId id,
            @Nullable JsonNode result,
            @Nullable JsonNode error) implements Incoming {}

    /** Not a message; the id is set where one could be read. */
    record Malformed(@Nullable RequestId id, RpcError error) implements Incoming {}
}
