/** Tests of the model catalogue. */
@NullMarked
package io.exai.provider.catalogue;

import org.jspecify.annotations.NullMarked;
