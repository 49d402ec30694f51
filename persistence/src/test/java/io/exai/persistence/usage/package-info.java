/** Tests of the usage store. */
@NullMarked
package io.exai.persistence.usage;

import org.jspecify.annotations.NullMarked;
