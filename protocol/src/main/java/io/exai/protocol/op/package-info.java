/** The daemon's own {@code op} messages: what a client may send, and how it is answered. */
@org.jspecify.annotations.NullMarked
package io.exai.protocol.op;
