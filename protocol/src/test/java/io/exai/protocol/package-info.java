/** Tests of what the packages share. */
@NullMarked
package io.exai.protocol;

import org.jspecify.annotations.NullMarked;
