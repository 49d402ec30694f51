/** The processes a benchmark starts, each on the processor it belongs to. */
@NullMarked
package io.exai.server.bench.process;

import org.jspecify.annotations.NullMarked;
