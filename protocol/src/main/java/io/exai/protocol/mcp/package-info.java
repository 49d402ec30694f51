/** MCP messages of every revision and the rules that tell the revisions apart. */
@org.jspecify.annotations.NullMarked
package io.exai.protocol.mcp;
