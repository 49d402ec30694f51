/** The stdio bridge: an MCP server on standard input and output in front of a daemon that may come and go. */
@org.jspecify.annotations.NullMarked
package io.exai.server.bridge;
