/** Measures what clients feel when nodes, networks and databases fail. */
@NullMarked
package io.exai.server.bench.resilience;

import org.jspecify.annotations.NullMarked;
