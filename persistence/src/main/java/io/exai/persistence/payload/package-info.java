/** Large contents outside of the events, stored once by their hash. */
@NullMarked
package io.exai.persistence.payload;

import org.jspecify.annotations.NullMarked;
