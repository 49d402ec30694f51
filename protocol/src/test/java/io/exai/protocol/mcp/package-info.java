/** Tests of the eras and of every message the daemon writes. */
@NullMarked
package io.exai.protocol.mcp;

import org.jspecify.annotations.NullMarked;
