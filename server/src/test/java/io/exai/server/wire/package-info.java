/** Messages held against the schemas that the revisions of MCP publish. */
@NullMarked
package io.exai.server.wire;

import org.jspecify.annotations.NullMarked;
