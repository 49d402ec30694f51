/** Tests of the JSON-RPC envelope, with whatever bytes a peer may send. */
@NullMarked
package io.exai.protocol.jsonrpc;

import org.jspecify.annotations.NullMarked;
