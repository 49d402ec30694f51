/** The JSON-RPC 2.0 envelope. */
@org.jspecify.annotations.NullMarked
package io.exai.protocol.jsonrpc;
