/** Word of a dead process, passed on to all nodes through the database that they share. */
@NullMarked
package io.exai.persistence.obituary;

import org.jspecify.annotations.NullMarked;
