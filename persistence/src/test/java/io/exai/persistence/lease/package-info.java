/** Tests of the lease, on PostgreSQL. */
@NullMarked
package io.exai.persistence.lease;

import org.jspecify.annotations.NullMarked;
