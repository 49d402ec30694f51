/** Listens in between clients and a daemon: every MCP message that the daemon sends has to be valid. */
@NullMarked
package io.exai.server.tap;

import org.jspecify.annotations.NullMarked;
