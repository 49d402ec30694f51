/** A PostgreSQL server for tests, when its programs are installed. */
@NullMarked
package io.exai.persistence.postgres;

import org.jspecify.annotations.NullMarked;
