/** Runs the built jar as its users do: real processes, real sockets, real signals. */
@NullMarked
package io.exai.server.e2e;

import org.jspecify.annotations.NullMarked;
