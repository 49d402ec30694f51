/** Data files that define something: where they lie and how strictly they are read. */
@NullMarked
package io.exai.server.definition;

import org.jspecify.annotations.NullMarked;
