/** Tests of the tables. */
@NullMarked
package io.exai.persistence.schema;

import org.jspecify.annotations.NullMarked;
