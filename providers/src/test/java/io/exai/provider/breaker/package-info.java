/** Tests of breakers. */
@NullMarked
package io.exai.provider.breaker;

import org.jspecify.annotations.NullMarked;
