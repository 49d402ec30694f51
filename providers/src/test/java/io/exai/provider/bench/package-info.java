/** A throughput check that is run by hand. */
@NullMarked
package io.exai.provider.bench;

import org.jspecify.annotations.NullMarked;
