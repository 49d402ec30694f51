/** Flights: equal calls anywhere in the cluster that run once, and what is kept of their answers. */
@NullMarked
package io.exai.server.flight;

import org.jspecify.annotations.NullMarked;
