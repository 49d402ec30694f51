package io.exai.protocol.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exai.protocol.jsonrpc.RpcError;

/** In which way a message of a client is to be read and answered. */
public sealed interface Dialect {
    /** The handshake itself; opens or resumes a session. */
    record Handshake() implements Dialect {}

    /** A message inside a session of a legacy revision. */
    record Legacy(Revision revision) implements Dialect {}

    /** A request that carries its own revision and capabilities. */
    record Modern(Revision revision, ObjectNode clientCapabilities) implements Dialect {}

    /** Not acceptable in any era. */
    record Rejected(RpcError error) implements Dialect {}
}
