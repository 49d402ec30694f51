/** Tests of {@link io.exai.protocol.op}. */
@NullMarked
package io.exai.protocol.op;

import org.jspecify.annotations.NullMarked;
