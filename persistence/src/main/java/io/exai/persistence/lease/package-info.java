/** A lease that one node at a time holds, as a row that all nodes see. */
@NullMarked
package io.exai.persistence.lease;

import org.jspecify.annotations.NullMarked;
