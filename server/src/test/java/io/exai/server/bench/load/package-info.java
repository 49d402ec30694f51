/** A closed-loop load generator for MCP over WebSocket: one thread, one selector, raw sockets. */
@NullMarked
package io.exai.server.bench.load;

import org.jspecify.annotations.NullMarked;
