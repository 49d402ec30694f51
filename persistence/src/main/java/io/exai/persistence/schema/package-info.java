/** The tables on disk: created, upgraded, refused when newer. */
@NullMarked
package io.exai.persistence.schema;

import org.jspecify.annotations.NullMarked;
