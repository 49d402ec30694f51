/** What a WebSocket frame may hold and why a connection ends. */
@org.jspecify.annotations.NullMarked
package io.exai.protocol.frame;
