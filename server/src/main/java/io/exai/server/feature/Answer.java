package io.exai.server.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.jsonrpc.RpcError;

/** What a request comes to. */
public sealed interface Answer {
    /** The result, as the asker's revision has it. */
    record Result(ObjectNode body) implements Answer {}

    /** A JSON-RPC error. */
    record Refused(RpcError error) implements Answer {}
}
