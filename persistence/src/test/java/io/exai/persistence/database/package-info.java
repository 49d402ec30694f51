/** Tests of the shared pool. */
@NullMarked
package io.exai.persistence.database;

import org.jspecify.annotations.NullMarked;
