/** The settings under which Pekko Persistence writes to the chosen back end. */
@NullMarked
package io.exai.persistence.journal;

import org.jspecify.annotations.NullMarked;
