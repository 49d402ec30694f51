/** Tests of the journal under real databases. */
@NullMarked
package io.exai.persistence.journal;

import org.jspecify.annotations.NullMarked;
