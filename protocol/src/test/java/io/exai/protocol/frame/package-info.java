/** Tests of what a WebSocket frame may hold. */
@NullMarked
package io.exai.protocol.frame;

import org.jspecify.annotations.NullMarked;
