/** The node's one connection pool, for work on our own tables and for the readiness probe. */
@NullMarked
package io.exai.persistence.database;

import org.jspecify.annotations.NullMarked;
