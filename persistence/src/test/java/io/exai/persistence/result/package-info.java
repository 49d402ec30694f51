/** Tests of the result store. */
@NullMarked
package io.exai.persistence.result;

import org.jspecify.annotations.NullMarked;
