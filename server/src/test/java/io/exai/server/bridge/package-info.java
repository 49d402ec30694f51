/** Tests of the stdio bridge, piece by piece. */
@NullMarked
package io.exai.server.bridge;

import org.jspecify.annotations.NullMarked;
