/** What calls cost today, who may spend more, and how it gets into the database. */
@NullMarked
package io.exai.server.spending;

import org.jspecify.annotations.NullMarked;
