/** Where connections end: HTTP, WebSocket, and what is checked before anything else. */
@org.jspecify.annotations.NullMarked
package io.exai.server.edge;
