/** Tests of the embedded file, with real kills. */
@NullMarked
package io.exai.persistence.h2;

import org.jspecify.annotations.NullMarked;
