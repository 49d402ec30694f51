/** The wiring: what is started, in which order, and stopped. */
@org.jspecify.annotations.NullMarked
package io.exai.server;
