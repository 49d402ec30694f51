/** Tests of the payload store, one contract for every implementation. */
@NullMarked
package io.exai.persistence.payload;

import org.jspecify.annotations.NullMarked;
