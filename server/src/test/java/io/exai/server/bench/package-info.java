/** Measures the daemon against its aims; started by {@code server/src/test/bench.sh}. */
@NullMarked
package io.exai.server.bench;

import org.jspecify.annotations.NullMarked;
